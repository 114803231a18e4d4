import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { findTerminal, openTerminal } from './pty.js';
import { makeTempHome } from './temp-home.js';

const skip = findTerminal() === null;
const env = { PATH: process.env['PATH'] };

test.skipIf(skip)('a program in the terminal sees one, and its status is told', async () => {
  const terminal = openTerminal('sh', ['-c', 'test -t 0 && stty size; read x; exit "$x"'], { env });
  try {
    await terminal.waitFor('24 80');
    terminal.type('7\r');
    expect(await terminal.end()).toEqual({ status: 7 });
  } finally {
    await terminal.close();
  }
});

test.skipIf(skip)('close kills background jobs that ignore the hangup', async () => {
  const job = `sh -c 'trap "" HUP TERM; echo job=$$; exec sleep 1000'`;
  const terminal = openTerminal('bash', ['--norc', '-i'], { env });
  await terminal.waitFor(/[#$] /);
  terminal.type(`set -m; ${job} &\r`);
  const pid = Number(/job=(\d+)\s$/.exec(await terminal.waitFor(/job=\d+\s/))?.[1]);
  expect(() => process.kill(pid, 0)).not.toThrow();
  await terminal.close();
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
});

test.skipIf(skip)('close kills a program that has let go of the terminal', async () => {
  const home = makeTempHome();
  try {
    const file = join(home.path, 'pid');
    const script = `exec <&- >&- 2>&-; echo $$ >${file}.new; mv ${file}.new ${file}; exec sleep 1000`;
    const terminal = openTerminal('sh', ['-c', script], { env });
    await expect.poll(() => existsSync(file), { timeout: 10_000 }).toBe(true);
    const pid = Number(readFileSync(file, 'utf8'));
    await terminal.close();
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  } finally {
    home.remove();
  }
});

test.skipIf(skip)('what never appears is an error that shows what did', async () => {
  const terminal = openTerminal('sh', ['-c', 'echo seen; read x'], { env });
  try {
    await terminal.waitFor(/se/);
    await expect(terminal.waitFor('never', 200)).rejects.toThrow(/never.*shown: "en/s);
    terminal.type('\r');
    await expect(terminal.waitFor('never')).rejects.toThrow(/ended/);
  } finally {
    await terminal.close();
  }
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
