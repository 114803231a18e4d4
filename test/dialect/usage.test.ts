import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { formatScript } from '../../src/delivery/export.js';
import { findDialect } from '../../src/dialect/dialects.js';
import { findShell } from './find-shell.js';

/** What an export may well hold: spaces, quotes, braces, a target in another script. */
const VALUE = 'a  b\t{c,d} "e" \'f\' $(touch canary) `g` \\ ! * 日本';

/** How each shell is given a script as an argument. */
const SHELLS: readonly [program: string, ...args: string[]][] = [
  ['sh', '-c'],
  ['bash', '-c'],
  ['zsh', '-fc'],
  ['dash', '-c'],
  ['ksh93', '-c'],
  ['mksh', '-c'],
  ['busybox', 'sh', '-c'],
  ['yash', '-c'],
  ['fish', '--no-config', '-c'],
  ['tcsh', '-fc'],
  ['nu', '--no-config-file', '-c'],
  ['elvish', '-norc', '-c'],
  ['xonsh', '--no-rc', '-c'],
];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'assume-usage-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe.each(SHELLS)('%s', (program, ...args) => {
  const path = findShell(program);
  test.skipIf(path === null)('loads a script the way its usage line says', () => {
    const variables = load(path ?? '', program, args);
    expect(variables.get('NEW')).toBe(VALUE);
    expect(variables.has('OLD')).toBe(false);
  });
});

/** The variables a child sees after the usage line. */
function load(path: string, program: string, args: readonly string[]) {
  const dialect = findDialect(program);
  const variables = { OLD: null, NEW: VALUE };
  const script = dialect === null ? '' : formatScript(dialect, variables);
  const answer = program === 'nu' ? JSON.stringify(variables) : script;
  writeFileSync(join(directory, 'script'), answer);
  writeFileSync(join(directory, 'assume'), '#!/bin/sh\nexec cat "${0%/*}/script"\n');
  chmodSync(join(directory, 'assume'), 0o700);

  const usage = dialect?.usage('assume export prod') ?? '';
  const env = {
    PATH: `${directory}:${process.env['PATH'] ?? ''}`,
    HOME: directory,
    LANG: 'C.UTF-8',
    OLD: 'there before',
  };
  const line = `${usage}\nenv -0 | cat`;
  const said = execFileSync(path, [...args, line], { cwd: directory, env, encoding: 'utf8' });
  return new Map(
    said.split('\0').map((entry) => {
      const end = entry.indexOf('=');
      return [entry.slice(0, end), entry.slice(end + 1)];
    }),
  );
}
