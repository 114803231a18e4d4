import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { findDialect } from '../../src/dialect/dialects.js';
import { findShell } from './find-shell.js';

const STATUS = 4;

/** The line that a user types for the script that failed. */
const usage = (name: string): string =>
  findDialect(name)?.usage(`assume export nowhere${name === 'nu' ? ' --shell nu' : ''}`) ?? '';

interface Row {
  readonly program: string;
  /** What makes it read a script from its argument. */
  readonly words: readonly string[];
  /** A script that goes on after the failure and prints what it saw of it. */
  readonly goesOn: string;
  readonly saw: string;
  /** A script that the failure ends, and with which status. */
  readonly ends: string;
  readonly status: number;
}

const posix = (program: string, ...words: string[]): Row => {
  const line = usage(program);
  const goesOn = `${line}; echo "saw $?"; ${line} && echo reached; ${line} || echo "saw $?"`;
  const ends = `set -e; ${line}; echo reached`;
  return { program, words, goesOn, saw: 'saw 4\nsaw 4\n', ends, status: STATUS };
};

const SHELLS: readonly Row[] = [
  posix('sh', '-c'),
  posix('bash', '--norc', '-c'),
  posix('bash', '--posix', '-c'),
  posix('zsh', '-fc'),
  posix('dash', '-c'),
  posix('ksh93', '-c'),
  posix('mksh', '-c'),
  posix('busybox', 'sh', '-c'),
  posix('yash', '-c'),
  {
    program: 'fish',
    words: ['--no-config', '-c'],
    goesOn: `${usage('fish')}; echo "saw $status"; ${usage('fish')}; and echo reached; or echo not`,
    saw: 'saw 4\nnot\n',
    ends: `${usage('fish')}; or exit; echo reached`,
    status: STATUS,
  },
  {
    program: 'tcsh',
    words: ['-fc'],
    goesOn: `${usage('tcsh')}\necho "saw $status"\n`,
    saw: 'saw 4\n',
    ends: `${usage('tcsh')} && echo reached`,
    status: STATUS,
  },
  {
    program: 'nu',
    words: ['--no-config-file', '-c'],
    goesOn: 'try { source script } catch {|failure| print $failure.msg }',
    saw: 'assume export failed with status 4\n',
    ends: 'source script; print reached',
    status: 1,
  },
  {
    program: 'elvish',
    words: ['-norc', '-c'],
    goesOn: 'try { eval (slurp <script) } catch failure { echo $failure[reason][content] }',
    saw: 'assume export failed with status 4\n',
    ends: `${usage('elvish')}; echo reached`,
    status: 2,
  },
  {
    program: 'xonsh',
    words: ['--no-rc', '-c'],
    goesOn: `try:\n    ${usage('xonsh')}\nexcept Exception as failure:\n    print(failure.returncode)\n`,
    saw: '4\n',
    ends: `${usage('xonsh')}\nprint("reached")\n`,
    status: 1,
  },
];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'assume-failing-'));
  const program = `#!/bin/sh\ncat "\${0%/*}/script"\nexit ${String(STATUS)}\n`;
  writeFileSync(join(directory, 'assume'), program);
  chmodSync(join(directory, 'assume'), 0o700);
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** Runs a script in a shell for which `assume export` fails. */
function run({ program, words }: Row, script: string) {
  writeFileSync(join(directory, 'script'), findDialect(program)?.fail(STATUS) ?? '');
  const env = { PATH: `${directory}:${process.env['PATH'] ?? ''}`, HOME: directory };
  const options = { cwd: directory, env, encoding: 'utf8' } as const;
  return spawnSync(findShell(program) ?? '', [...words, script], options);
}

describe.each(SHELLS)('a script that failed, in $program $words', (row) => {
  const it = test.skipIf(findShell(row.program) === null);

  it('is seen to fail, and the shell goes on', () => {
    const { stdout, status } = run(row, row.goesOn);
    expect(stdout).toBe(row.saw);
    expect(status).not.toBeNull();
  });

  it('ends a script that ends at a failure', () => {
    expect(run(row, row.ends)).toMatchObject({ stdout: '', status: row.status });
  });
});
