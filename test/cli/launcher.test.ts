import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, expect, test } from 'vitest';

import { ASSUME, isWithout } from '../support/practice.js';
import { installProgram } from '../support/install-program.js';
import { makeTempHome } from '../support/temp-home.js';
import { findTool } from '../support/tools.js';

const home = makeTempHome();
const env = { ...home.env, PATH: installProgram(home) };
const installed = join(home.path, 'npm/bin/assume');
afterAll(() => {
  home.remove();
});

// An executable cannot be sourced: the shell itself says so.
test.skipIf(isWithout('launcher that a shell can read')).each([
  ['sh', ['-c']],
  ['dash', ['-c']],
  ['bash', ['-c']],
  ['bash', ['--posix', '-c']],
  ['zsh', ['-fc']],
  ['ksh93', ['-c']],
  ['mksh', ['-c']],
  ['yash', ['-c']],
  ['busybox', ['sh', '-c']],
])(
  'sourced in %s %j it says how to remove the alias, and the shell lives on',
  async (shell, words) => {
    if (findTool(shell) === null) return;
    const script = `. ${installed}; echo "alive, status $?"`;
    const { stdout, stderr } = await promisify(execFile)(shell, [...words, script], { env });
    expect(stdout).toBe('alive, status 1\n');
    expect(stderr).toMatch(/sourced[^]*unalias assume/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  },
);

test.skipIf(isWithout('launcher that a shell can read'))(
  'given to sh as a script it says so, and ends with status 1',
  async () => {
    const failure = promisify(execFile)('sh', [installed, 'list'], { env });
    await expect(failure).rejects.toMatchObject({ code: 1, stdout: '' });
    await expect(failure).rejects.toThrow(/it is a program/);
  },
);

test.each([
  ['its file', ASSUME],
  ['npm’s symbolic link', installed],
])('runs by %s from anywhere', async (_, path) => {
  const { stdout } = await promisify(execFile)(path, ['--version'], { env, cwd: '/' });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
