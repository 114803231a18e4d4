import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { processJson } from '../support/machine-kinds.js';
import { issueMachineRole } from '../support/machine-role.js';
import { ASSUME, RUNTIME } from '../support/practice.js';
import { findTerminal, openTerminal } from '../support/pty.js';
import { usePractice } from '../support/use-practice.js';

describe.skipIf(findTerminal() === null)('a credential process', () => {
  it.each([
    ['on the terminal device', 'printf "PIN: " >/dev/tty; read pin </dev/tty'],
    ['on stdin', 'printf "PIN: " >/dev/tty; read pin'],
  ])('asks for what it needs %s', async (_, question) => {
    const practice = await usePractice();
    const json = processJson(issueMachineRole(practice));
    const script = `#!/bin/sh\n${question}\n[ "$pin" = 4711 ] && echo '${json}'\n`;
    const path = practice.write('keys', script);
    chmodSync(path, 0o755);
    practice.write('.aws/config', `[profile p]\ncredential_process = ${path}\n`);
    const terminal = openTerminal(RUNTIME, [ASSUME, 'credential-process', 'p'], {
      env: practice.env,
      cwd: practice.home.path,
    });
    try {
      await terminal.waitFor('PIN: ');
      terminal.type('4711\r');
      await terminal.waitFor('"AccessKeyId"');
      expect(await terminal.end()).toEqual({ status: 0 });
    } finally {
      await terminal.close();
    }
  });

  it('ends with us on Ctrl-C', async () => {
    const practice = await usePractice();
    const path = practice.write('keys', '#!/bin/sh\nprintf "PIN: " >/dev/tty; read pin\n');
    chmodSync(path, 0o755);
    practice.write('.aws/config', `[profile p]\ncredential_process = ${path}\n`);
    const terminal = openTerminal(RUNTIME, [ASSUME, 'export', 'p'], {
      env: practice.env,
      cwd: practice.home.path,
    });
    try {
      await terminal.waitFor('PIN: ');
      terminal.type('\x03');
      expect(await terminal.end()).toEqual({ status: 130 });
    } finally {
      await terminal.close();
    }
  });
});
