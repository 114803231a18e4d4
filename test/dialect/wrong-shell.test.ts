import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Variables } from '../../src/delivery/aws-environment.js';
import { formatScript } from '../../src/delivery/export.js';
import { findDialect } from '../../src/dialect/dialects.js';
import { parseEnvironment } from '../support/parse-environment.js';
import { findShell } from './find-shell.js';
import { NASTY_VALUES } from './nasty-values.js';

/** One of each language. */
const LANGUAGES = ['sh', 'fish', 'tcsh', 'pwsh', 'cmd', 'nu', 'elvish', 'xonsh'];

/** A shell, what comes before a script in its arguments, and how it loads what assume prints. */
interface Reader {
  /** The language whose scripts have to succeed. */
  readonly language: string;
  readonly program: string;
  readonly words: readonly string[];
  /** Ends by writing its environment to `after`, as far as it goes on after a script. */
  readonly load: string;
  /** Whose scripts it is given, where that isn't every language's. */
  readonly reads?: readonly string[];
}

const POSIX = 'eval "$(assume export prod)" && env -0 >after';
const FISH = ['--no-config', '-c'];

const READERS: readonly Reader[] = [
  { language: 'sh', program: 'sh', words: ['-c'], load: POSIX },
  { language: 'sh', program: 'bash', words: ['--norc', '-c'], load: POSIX },
  { language: 'sh', program: 'bash', words: ['--norc', '--posix', '-c'], load: POSIX },
  { language: 'sh', program: 'bash', words: ['--norc', '-ic'], load: POSIX },
  {
    language: 'sh',
    program: 'bash',
    words: ['--norc', '-c'],
    load: '. <(assume export prod) && env -0 >after',
  },
  { language: 'sh', program: 'zsh', words: ['-fc'], load: POSIX },
  { language: 'sh', program: 'zsh', words: ['-fic'], load: POSIX },
  {
    language: 'sh',
    program: 'zsh',
    words: ['-fc'],
    load: `setenv() { export "$1=$2" }; unsetenv() { unset "$1" }; ${POSIX}`,
  },
  { language: 'sh', program: 'dash', words: ['-c'], load: POSIX },
  { language: 'sh', program: 'dash', words: ['-ic'], load: POSIX },
  { language: 'sh', program: 'ksh93', words: ['-c'], load: POSIX },
  { language: 'sh', program: 'ksh93', words: ['-ic'], load: POSIX },
  { language: 'sh', program: 'mksh', words: ['-c'], load: POSIX },
  { language: 'sh', program: 'mksh', words: ['-ic'], load: POSIX },
  { language: 'sh', program: 'busybox', words: ['sh', '-c'], load: POSIX },
  { language: 'sh', program: 'busybox', words: ['sh', '-ic'], load: POSIX },
  { language: 'sh', program: 'yash', words: ['--norcfile', '-c'], load: POSIX },
  { language: 'sh', program: 'yash', words: ['--norcfile', '-ic'], load: POSIX },
  {
    language: 'fish',
    program: 'fish',
    words: FISH,
    load: 'assume export prod | source; and env -0 >after',
  },
  {
    language: 'fish',
    program: 'fish',
    words: FISH,
    load: 'eval (assume export prod); and env -0 >after',
    // It shows the one line that it makes of a script; only these two can keep it from that.
    reads: ['fish', 'sh'],
  },
  {
    language: 'tcsh',
    program: 'tcsh',
    words: ['-fc'],
    load: 'eval "`assume export prod`" && env -0 >after',
  },
  {
    language: 'tcsh',
    program: 'tcsh',
    words: ['-fc'],
    load: 'source script && env -0 >after',
  },
  {
    language: 'nu',
    program: 'nu',
    words: ['--no-config-file', '-c'],
    load: 'source script; ^env -0 | save after',
  },
  {
    language: 'elvish',
    program: 'elvish',
    words: ['-norc', '-c'],
    load: 'eval (assume export prod | slurp); env -0 >after',
  },
  {
    language: 'xonsh',
    program: 'xonsh',
    words: ['--no-rc', '-c'],
    load: 'execx($(assume export prod))\nenv -0 >after',
  },
];

const OLD_SECRETS = ['old/Secret+key', 'old/Session+token'] as const;
const NEW_SECRETS = ['new/Secret+key', 'new/Session+token'] as const;

const BEFORE = {
  AWS_ACCESS_KEY_ID: 'ASIAOLDOLDOLDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: OLD_SECRETS[0],
  AWS_SESSION_TOKEN: OLD_SECRETS[1],
  AWS_PROFILE: 'old',
  AWS_REGION: 'eu-west-1',
  ASSUME_TARGET: 'old',
};

const PLAIN: Variables = {
  AWS_ACCESS_KEY_ID: 'ASIANEWNEWNEWEXAMPLE',
  AWS_SECRET_ACCESS_KEY: NEW_SECRETS[0],
  AWS_SESSION_TOKEN: NEW_SECRETS[1],
  ASSUME_TARGET: 'new',
  AWS_PROFILE: null,
  AWS_REGION: null,
  AWS_VAULT: null,
  ASSUME_MFA_CODE: null,
};

/** Without line ends, which `eval` in tcsh cannot carry; cmd refuses what isn't plain. */
const NASTY: Variables = {
  ...PLAIN,
  ...Object.fromEntries(
    NASTY_VALUES.filter((value) => !value.includes('\n')).map(
      (value, index) => [`ASSUME_V_${String(index)}`, value] as const,
    ),
  ),
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assume-wrong-shell-'));
  writeFileSync(join(directory, 'assume'), '#!/bin/sh\nexec cat "${0%/*}/script"\n');
  chmodSync(join(directory, 'assume'), 0o700);
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** What the shell said, and the variables that its children see after it, `null` where it failed. */
function loadScript({ program, words, load }: Reader, script: string) {
  writeFileSync(join(directory, 'script'), script);
  const PATH = `${directory}:${process.env['PATH'] ?? ''}`;
  const env = { ...BEFORE, PATH, HOME: directory, LANG: 'C.UTF-8' };
  const options = { cwd: directory, env, encoding: 'utf8', input: '' } as const;
  const { stdout, stderr } = spawnSync(findShell(program) ?? '', [...words, load], options);
  const after = join(directory, 'after');
  return {
    said: stdout + stderr,
    after: existsSync(after) ? parseEnvironment(readFileSync(after, 'utf8')) : null,
  };
}

describe.each(LANGUAGES)('a script for %s', (language) => {
  const dialect = findDialect(language);
  if (dialect === null) throw new Error(`no dialect for ${language}`);
  const readers = READERS.filter(({ reads }) => reads?.includes(language) ?? true);

  describe.each(readers)('loaded by $program $words $load', (reader) => {
    const it = test.skipIf(findShell(reader.program) === null);

    it.each([
      ['plain', PLAIN],
      ...(language === 'cmd' ? [] : [['nasty', NASTY] as const]),
    ] as const)('is done whole or fails, with %s values', (_, variables) => {
      const { said, after } = loadScript(reader, formatScript(dialect, variables));
      for (const secret of [...OLD_SECRETS, ...NEW_SECRETS]) expect(said).not.toContain(secret);
      expect(existsSync(join(directory, 'canary'))).toBe(false);
      if (reader.language === language) expect(after).not.toBeNull();
      const names = Object.keys(variables);
      const found = after && names.map((name) => [name, after[name] ?? null]);
      if (found !== null) expect(Object.fromEntries(found)).toEqual(variables);
    });

    it('fails where assume failed', () => {
      expect(loadScript(reader, dialect.fail(4)).after).toBeNull();
    });
  });
});
