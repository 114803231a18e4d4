import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { findDialect } from '../../src/dialect/dialects.js';
import { NASTY_VALUES } from './nasty-values.js';
import { findShell } from './find-shell.js';

/** Which program reads which dialect, and what makes it read a file as a script. */
const SHELLS: readonly [program: string, ...args: string[]][] = [
  ['sh'],
  ['bash', '--norc'],
  ['bash', '--posix'],
  ['bash', '--norc', '-H'],
  ['zsh', '-f'],
  ['zsh', '-f', '-o', 'rc_quotes'],
  ['dash'],
  ['ksh93'],
  ['mksh'],
  ['busybox', 'sh'],
  ['yash', '--norcfile'],
  ['fish', '--no-config'],
  ['tcsh', '-f'],
  ['nu', '--no-config-file'],
  ['elvish', '-norc'],
  ['xonsh', '--no-rc'],
];

const RANDOM_COUNT = process.env['ASSUME_TEST_FULL'] === '1' ? 5000 : 1000;
const VALUES = [...NASTY_VALUES, ...randomValues(RANDOM_COUNT)];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'assume-dialect-'));
  const reader = join(directory, 'environment');
  writeFileSync(reader, '#!/bin/sh\nexec env -0 >"$1"\n');
  chmodSync(reader, 0o700);
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe.each(SHELLS)('%s %s %s %s', (program, ...args) => {
  const path = findShell(program);

  test.skipIf(path === null)('carries every value byte for byte and runs none', () => {
    const [set, unset] = runScript(path ?? '', program, args);
    const read = VALUES.map((_, index) => set.get(`V_${String(index)}`));
    expect(read).toEqual(VALUES);
    expect([...unset.keys()].filter((name) => name.startsWith('V_'))).toEqual([]);
    expect(existsSync(join(directory, 'canary'))).toBe(false);
  });
});

/** What a child saw after all values were set, and after all were unset again. */
function runScript(path: string, program: string, args: readonly string[]) {
  const dialect = findDialect(program);
  if (dialect === null) throw new Error(`no dialect for ${program}`);
  const call = `${program === 'nu' ? '^' : ''}${directory}/environment ${directory}`;
  const script = join(directory, 'script');
  writeFileSync(
    script,
    [
      ...VALUES.map((value, index) => dialect.set(`V_${String(index)}`, value)),
      `${call}/set\n`,
      dialect.unset('V_NEVER_SET'),
      ...VALUES.map((_, index) => dialect.unset(`V_${String(index)}`)),
      `${call}/unset\n`,
      `${dialect.sentinel}\n`,
    ].join(''),
  );
  const env = { PATH: process.env['PATH'], HOME: directory, LANG: 'C.UTF-8' };
  const said = execFileSync(path, [...args, script], { cwd: directory, env, stdio: 'pipe' });
  expect(said.toString()).toBe('');
  return [readVariables('set'), readVariables('unset')] as const;
}

function readVariables(file: string): Map<string, string> {
  const text = readFileSync(join(directory, file), 'utf8');
  rmSync(join(directory, file));
  return new Map(
    text.split('\0').map((entry) => {
      const end = entry.indexOf('=');
      return [entry.slice(0, end), entry.slice(end + 1)];
    }),
  );
}

/** Half of them any Unicode, half made of what shells treat as special. */
function randomValues(count: number): string[] {
  const special = fc.constantFrom(
    ...Array.from('\'"`$\\!#%^&*(){}[]<>|;:~?=@ \t\r\n\u2018\u2019aé0'),
  );
  const arbitrary = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: special, maxLength: 30 }),
  );
  return fc
    .sample(arbitrary, { numRuns: count, seed: 20_260_101 })
    .map((value) => value.replaceAll('\0', ''));
}
