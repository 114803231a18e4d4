import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { installProgram } from '../support/install-program.js';
import { startPractice, type Practice } from '../support/practice.js';
import { findTerminal, openTerminal, type Terminal } from '../support/pty.js';
import { untilStopped } from '../support/until-stopped.js';

let practice: Practice;
let terminal: Terminal;
beforeEach(async () => {
  practice = await startPractice();
  writeFileSync(
    join(practice.home.path, '.bashrc'),
    "PS1='ready> '; bind 'set enable-bracketed-paste off'\n",
  );
  if (findTerminal() === null) return;
  const env = { ...practice.env, PATH: installProgram(practice.home), INPUTRC: '/dev/null' };
  terminal = openTerminal('bash', ['-i'], { env, cwd: practice.home.path });
  await terminal.waitFor('ready> ');
});
afterEach(async () => {
  await terminal.close();
  await practice.close();
});

async function login(): Promise<void> {
  const env = { ASSUME_MFA_CODE: practice.code('jane.doe') };
  expect(await practice.run(['login', 'base'], { env })).toMatchObject({ status: 0 });
}

/** Types a line and gives what was shown until the prompt is back. */
async function run(line: string): Promise<string> {
  terminal.type(`${line}; echo "status"=$?.\r`);
  return terminal.waitFor(/status=\d+\./);
}

describe.skipIf(findTerminal() === null)('exec in a terminal', () => {
  it.each([
    ["sh -c 'exit 0'", 0],
    ["sh -c 'exit 7'", 7],
    ["sh -c 'kill -TERM $$'", 143],
    ["sh -c 'kill -HUP $$'", 129],
    ["sh -c 'kill -KILL $$'", 137],
    ['no-such-program', 127],
    ['./.bashrc', 126],
    ['', 2],
  ])('ends as its child: %j with status %s', async (child, status) => {
    await login();
    expect(await run(`assume exec prod-role -- ${child}`)).toContain(`status=${String(status)}.`);
  });

  it('gives the prompt back when the child has cleaned up after Ctrl-C, with its status', async () => {
    await login();
    const child =
      'trap "echo cleaning; sleep 0.3; echo clean; exit 3" INT; echo "u"p; while :; do sleep 0.05; done';
    terminal.type(`assume prod-role -- sh -c '${child}'; echo "status"=$?.\r`);
    await terminal.waitFor('\nup\n');
    terminal.type('\u0003');
    const shown = await terminal.waitFor('ready> ');
    // The terminal's own `^C` may be shown before or after what the child says of it.
    expect(shown.replace('^C', '')).toMatch(/cleaning\nclean\nstatus=3\./);
  });

  it('ends a shell’s loop when its child dies of Ctrl-C', async () => {
    await login();
    terminal.type(
      `for i in 1 2 3; do echo "turn" $i; assume prod-role -- sh -c 'echo "u"p; exec sleep 60'; done\r`,
    );
    await terminal.waitFor(/turn 1\n[^]*\nup\n/);
    terminal.type('\u0003');
    expect(await terminal.waitFor('ready> ')).not.toContain('turn 2');
  });

  it('stops with Ctrl-Z and goes on with fg', async () => {
    await login();
    terminal.type(`assume prod-role -- sh -c 'echo pid=$$; exec cat'\r`);
    const [pid] = /\d+$/.exec(await terminal.waitFor(/pid=\d+(?=\n)/)) ?? [];
    terminal.type('before\n');
    await terminal.waitFor('before\nbefore\n');
    terminal.type('\u001a');
    await terminal.waitFor('Stopped');
    await terminal.waitFor('ready> ');
    await untilStopped(Number(pid));
    terminal.type('fg\r');
    await terminal.waitFor("exec cat'\n");
    terminal.type('after\n');
    await terminal.waitFor('after\nafter\n');
    terminal.type('\u0004');
    await terminal.waitFor('ready> ');
  });

  it('gives the child all of a megabyte on stdin though a code was asked meanwhile', async () => {
    const count = 'wc -c';
    terminal.type(
      `head -c 1048576 /dev/zero | assume prod-role -- sh -c 'echo bytes=$(${count})'; echo "status"=$?.\r`,
    );
    await terminal.waitFor('MFA code');
    terminal.type(`${practice.code('jane.doe')}\r`);
    expect(await terminal.waitFor(/status=\d+\./)).toMatch(/bytes=1048576\n[^]*status=0\./);
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  it('says in a background job that it may not ask, and does not hang', async () => {
    const shown = await run('assume prod-role -- true & wait $!');
    expect(shown).toMatch(/background/);
    expect(shown).toContain('status=5.');
    expect(practice.received()).toEqual([]);
  });

  it('is cancelled by Ctrl-C at the prompt: status 130, and the child is not run', async () => {
    terminal.type('assume prod-role -- echo "r"an; echo "status"=$?.\r');
    await terminal.waitFor('MFA code');
    terminal.type('\u0003');
    const shown = await terminal.waitFor(/status=\d+\./);
    expect(shown).not.toMatch(/\nran\n/);
    expect(shown).toContain('status=130.');
    expect(practice.received()).toEqual([]);
  });

  it('waits for a code that it asks for again after a wrong one', async () => {
    terminal.type('assume prod-role -- true; echo "status"=$?.\r');
    await terminal.waitFor('MFA code');
    const right = practice.code('jane.doe');
    terminal.type(`${right === '000000' ? '000001' : '000000'}\r`);
    // Each key shows the first question once more.
    await terminal.waitFor(/AWS refused that code[^]*MFA code/);
    terminal.type(`${right}\r`);
    expect(await terminal.waitFor(/status=\d+\./)).toContain('status=0.');
    expect(practice.received()).toEqual(['GetSessionToken', 'GetSessionToken', 'AssumeRole']);
  });

  it('keeps the terminal echoing after a prompt', async () => {
    terminal.type('assume prod-role -- stty -a; echo "status"=$?.\r');
    await terminal.waitFor('MFA code');
    terminal.type(`${practice.code('jane.doe')}\r`);
    const shown = await terminal.waitFor(/status=\d+\./);
    expect(shown).toMatch(/ icanon/);
    expect(shown).toMatch(/ echo /);
  });
});
