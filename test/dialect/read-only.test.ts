import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { formatScript } from '../../src/delivery/export.js';
import { findDialect } from '../../src/dialect/dialects.js';
import { findShell } from './find-shell.js';

const SHELLS: readonly [program: string, ...args: string[]][] = [
  ['sh'],
  ['bash', '--norc'],
  ['bash', '--posix'],
  ['zsh', '-f'],
  ['dash'],
  ['ksh93'],
  ['mksh'],
  ['busybox', 'sh'],
  ['yash'],
];

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assume-read-only-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe.each(SHELLS)('%s %s', (program, ...args) => {
  const it = test.skipIf(findShell(program) === null);
  const usage = findDialect(program)?.usage('assume export prod') ?? '';

  /** Runs a script with an `assume export` that sets two variables and removes one. */
  function run(script: string) {
    const dialect = findDialect(program);
    const variables = { ONE: 'new', OLD: null, TWO: "it's\nnew" };
    writeFileSync(join(directory, 'out'), dialect ? formatScript(dialect, variables) : '');
    writeFileSync(join(directory, 'assume'), '#!/bin/sh\nexec cat "${0%/*}/out"\n');
    chmodSync(join(directory, 'assume'), 0o700);
    const env = { PATH: `${directory}:${process.env['PATH'] ?? ''}`, HOME: directory };
    const before = 'export ONE=one OLD=old TWO=two\n';
    const options = { cwd: directory, env, encoding: 'utf8' } as const;
    return spawnSync(findShell(program) ?? '', [...args, '-c', before + script], options);
  }

  it.each(['ONE', 'OLD', 'TWO'])('changes nothing where %s is read-only, and fails', (name) => {
    const show = 'echo "status $?"; echo "$ONE ${OLD-gone} $TWO"';
    const { stdout, stderr } = run(`readonly ${name}\n${usage}; ${show}`);
    expect(stdout).toBe('status 1\none old two\n');
    expect(stderr).toMatch(new RegExp(`\\b${name}\\b`));
    expect(stderr).toContain('assume: this shell is left as it was');
    expect(stderr).not.toContain('new');
  });

  it('ends a script that ends at a failure', () => {
    const ended = run(`readonly TWO\nset -e\n${usage}\necho reached`);
    expect(ended).toMatchObject({ status: 1, stdout: '' });
  });

  it('changes all of them where none is', () => {
    const { status, stdout } = run(`set -eu\n${usage}; env | grep '^[OTn].*' | sort`);
    expect(status).toBe(0);
    expect(stdout).toContain('ONE=new\n');
    expect(stdout).toContain("TWO=it's\n");
    expect(stdout).not.toContain('OLD=');
  });
});
