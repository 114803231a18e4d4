import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';

import { COMMANDS, type CommandName } from '../../src/grammar.js';
import { COMMAND_ROWS } from '../../src/commands/commands.js';
import { hookFor } from '../../src/delivery/shell.js';
import { HOOKED_SHELLS } from '../../src/dialect/hook-grammar.js';
import { startPractice, type Practice } from '../support/practice.js';

const NAMES = Object.keys(COMMANDS) as CommandName[];

/** A call of each command that needs no terminal, no hook and no code. */
const CALLS: Readonly<Record<CommandName, readonly string[]>> = {
  switch: ['switch', 'dev', '--', 'true'],
  exec: ['exec', 'dev', 'true'],
  export: ['export', 'dev'],
  write: ['write', 'dev'],
  'credential-process': ['credential-process', 'dev'],
  plan: ['plan', 'dev'],
  list: ['list'],
  status: ['status'],
  whoami: ['whoami', '--region', 'us-east-1'],
  login: ['login', 'base'],
  logout: ['logout', '--all'],
  renew: ['renew'],
  leave: ['leave'],
  identity: ['identity', 'list'],
  config: ['config', 'path'],
  hook: ['hook', 'bash'],
  sandbox: ['sandbox', '--demo'],
  doctor: ['doctor'],
};

/** By nature of what was called: there is no hook here. */
const STATUS: Partial<Record<CommandName, number>> = { renew: 2, leave: 2 };

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice();
  const env = { ASSUME_MFA_CODE: practice.code('jane.doe') };
  expect(await practice.run(['login', 'base'], { env })).toMatchObject({ status: 0 });
});
afterAll(() => practice.close());

test('the table has every command of the grammar, and no other', () => {
  expect(Object.keys(COMMAND_ROWS).sort()).toEqual([...NAMES].sort());
});

describe.each(NAMES)('assume %s', (name) => {
  it('loads, and has help with two examples that the grammar knows', async () => {
    expect((await COMMAND_ROWS[name].load()).run).toBeTypeOf('function');
    const { status, stdout, stderr } = await practice.run([name, '--help']);
    expect([status, stderr]).toEqual([0, '']);
    const [, examples = ''] = stdout.split('\nExamples:\n');
    expect(examples.trimEnd().split('\n')).toHaveLength(2);
    for (const option of COMMANDS[name].options) expect(stdout).toContain(`--${option}`);
    expect(stdout).toContain(COMMAND_ROWS[name].summary.split(' ')[0]);
  });

  it('refuses an option that it does not know: status 2, and where to look', async () => {
    for (const option of ['--no-such-option', name === 'sandbox' ? '--csv' : '--demo']) {
      const ended = await practice.run([name, option]);
      expect(ended).toMatchObject({
        status: 2,
        stdout: name === 'export' ? "sh -c 'exit 2' >&2\n" : '',
      });
      expect(ended.stderr).toContain(`assume ${name} --help`);
    }
  });

  it('works with --quiet, and then says nothing but errors', async () => {
    const [word = '', ...rest] = CALLS[name];
    const { status, stderr } = await practice.run([word, '--quiet', ...rest]);
    expect(status).toBe(STATUS[name] ?? (name === 'doctor' ? status : 0));
    if (status === 0 && name !== 'sandbox') expect(stderr).toBe('');
  });
});

test.each(HOOKED_SHELLS)('the hook of %s knows every command', (shell) => {
  const hook = hookFor(shell) ?? '';
  for (const name of NAMES) expect(hook).toContain(name);
});
