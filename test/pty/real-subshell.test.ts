import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import {
  HOOKED,
  LOAD_HOOK,
  shellEnvironment,
  wrapTerminal,
  writeStartFile,
} from '../support/open-shell.js';
import { startPractice, type Practice } from '../support/practice.js';
import { findTerminal, openTerminal, type Terminal } from '../support/pty.js';
import { findTool } from '../support/tools.js';

let practice: Practice;
let terminal: Terminal | null;
beforeEach(async () => {
  practice = await startPractice();
  terminal = null;
  const env = { ASSUME_MFA_CODE: practice.code('jane.doe') };
  expect(await practice.run(['login', 'base'], { env })).toMatchObject({ status: 0 });
  practice.received();
});
afterEach(async () => {
  await terminal?.close();
  await practice.close();
});

describe.each(HOOKED)('a subshell of %s, entered without the hook', (name) => {
  const it = test.skipIf(findTool(name) === null || findTerminal() === null);
  const setting = name === 'fish' ? 'set -gx FROM_START_FILE yes' : 'export FROM_START_FILE=yes';

  it('has the user’s start file, a marked prompt and the hook inside', async () => {
    writeStartFile(practice, name, setting);
    const env = shellEnvironment(practice, name);
    const options = { env, cwd: practice.home.path };
    terminal = openTerminal('assume', ['prod-role'], options);
    expect(await terminal.waitFor('[prod-role] READY> ')).toContain(`assume hook ${name}`);
    const shell = wrapTerminal(practice, name, terminal);
    const inside = await shell.environment();
    expect(inside).toMatchObject({ ASSUME_TARGET: 'prod-role', FROM_START_FILE: 'yes' });
    expect(practice.received()).toEqual(['AssumeRole']);

    expect(await shell.run('assume prod-readonly')).toMatchObject({ status: 0 });
    await terminal.waitFor('[prod-readonly] READY> ');
    expect((await shell.environment())['ASSUME_TARGET']).toBe('prod-readonly');
    const request = practice.aws.requests.at(-1);
    expect([request?.action, request?.principalArn]).toEqual([
      'AssumeRole',
      'arn:aws:iam::111111111111:user/jane.doe',
    ]);

    expect(await shell.run('assume leave')).toMatchObject({ status: 0 });
    expect(await terminal.waitFor('READY> ')).not.toContain('[');
    expect(await shell.environment()).not.toHaveProperty('AWS_ACCESS_KEY_ID');

    terminal.type('exit 5\r');
    expect(await terminal.end()).toEqual({ status: 5 });

    terminal = openTerminal('assume', ['prod-role'], options);
    expect(await terminal.waitFor('[prod-role] READY> ')).not.toContain('assume hook');
  });

  it('is not opened inside a shell that the hook can switch', async () => {
    writeStartFile(practice, name, LOAD_HOOK[name]);
    const env = shellEnvironment(practice, name);
    terminal = openTerminal('assume', ['prod-role'], { env, cwd: practice.home.path });
    await terminal.waitFor('[prod-role] READY> ');
    const shell = wrapTerminal(practice, name, terminal);
    const before = await shell.run(name === 'fish' ? 'echo pid=$fish_pid,' : 'echo pid=$$,');
    await shell.run('assume prod-readonly');
    const after = await shell.run(name === 'fish' ? 'echo pid=$fish_pid,' : 'echo pid=$$,');
    const pid = (shown: string) => /pid=(\d+),/.exec(shown)?.[1];
    expect(pid(after.shown)).toBe(pid(before.shown));
    expect(pid(after.shown)).toMatch(/^\d+$/);
  });
});

test.skipIf(findTerminal() === null)('dies of the signal that its shell dies of', async () => {
  writeStartFile(practice, 'bash', '');
  const env = shellEnvironment(practice, 'bash');
  terminal = openTerminal('assume', ['prod-role'], { env, cwd: practice.home.path });
  await terminal.waitFor('[prod-role] READY> ');
  terminal.type('kill -KILL $$\r');
  expect(await terminal.end()).toEqual({ status: 128 + 9 });
});

test.skipIf(findTerminal() === null)('opens a plain shell where it cannot mark one', async () => {
  const env = { ...shellEnvironment(practice, 'bash'), SHELL: '/bin/dash' };
  terminal = openTerminal('assume', ['prod-role'], { env, cwd: practice.home.path });
  await terminal.waitFor(/^[#$] /m);
  terminal.type('echo "target"=$ASSUME_TARGET.; assume leave; echo "left"=$?.\r');
  await terminal.waitFor('target=prod-role.');
  const shown = await terminal.waitFor(/left=\d\./);
  expect(shown).toMatch(/type exit[^]*left=2\./);
});
