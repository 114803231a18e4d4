import { describe, expect, test } from 'vitest';

import { DIALECTS, findDialect } from '../../src/dialect/dialects.js';
import { isAssumeError } from '../../src/errors.js';
import { NASTY_VALUES } from './nasty-values.js';

test.each([
  ['bash', 'bash'],
  ['/usr/bin/zsh', 'zsh'],
  ['-zsh', 'zsh'],
  ['/opt/homebrew/bin/fish', 'fish'],
  ['ksh93', 'ksh'],
  ['zsh-5.9', 'zsh'],
  ['rbash', 'bash'],
  ['ash', 'busybox'],
  ['pwsh.exe', 'pwsh'],
  ['pwsh-preview', 'pwsh'],
  [String.raw`C:\Windows\System32\CMD.EXE`, 'cmd'],
  ['nu', 'nu'],
])('knows the language of %s', (shellName, dialect) => {
  expect(findDialect(shellName)?.name).toBe(dialect);
});

test.each(['', '/', 'python3', 'bashful', 'toString', '__proto__', 'bash; rm', '5'])(
  'knows no language of %j',
  (shellName) => {
    expect(findDialect(shellName)).toBeNull();
  },
);

describe.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))('%s', (_, dialect) => {
  test.each(['', '1A', 'A B', 'A;B', 'A-B', 'A=B', 'A\n', 'É', '$(x)'])(
    'refuses %j as the name of a variable',
    (name) => {
      expect(() => dialect.set(name, 'x')).toThrow('is not the name of a variable');
      expect(() => dialect.unset(name)).toThrow('is not the name of a variable');
    },
  );

  test('refuses a NUL byte, and shows no value in the message', () => {
    expect(refusal(() => dialect.set('AWS_SECRET_ACCESS_KEY', 'hush\0hush'))).toMatch(
      /^FAILED AWS_SECRET_ACCESS_KEY can't be set(?!.*hush)/s,
    );
  });

  test('ends each statement and writes the sentinel on a line of its own', () => {
    expect(dialect.set('A', 'b')).toMatch(/[^\n]\n$/);
    expect(dialect.unset('A')).toMatch(/[^\n]\n$/);
    expect(dialect.sentinel).toMatch(/^(# |rem \) |unsetenv ')assume: end'?$/);
  });

  test('fails on one line that ends no shell and is no whole script', () => {
    for (const status of [1, 4, 130]) {
      const statement = dialect.fail(status);
      expect(statement).toMatch(/^[\x20-\x7e]+\r?\n$/);
      expect(statement).toContain(String(status));
      expect(statement).not.toMatch(/^exit|[;&|] *exit/);
      expect(statement).not.toContain(dialect.sentinel);
    }
  });

  test('says how its script is loaded', () => {
    expect(dialect.usage('assume export prod')).toContain('assume export prod');
  });
});

test.each(['powershell', 'pwsh'])('%s reads every value back, and the script is ASCII', (name) => {
  for (const value of NASTY_VALUES) {
    const statement = findDialect(name)?.set('K', value) ?? '';
    expect(statement).toMatch(/^[\x20-\x7e]+\n$/);
    expect(readPowershell(statement)).toBe(value);
  }
});

test('cmd sets plain values and refuses every other with a way out', () => {
  const cmd = findDialect('cmd');
  const plain = NASTY_VALUES.filter((value) => /^[\w+/=.:@-]*$/.test(value));
  expect(plain.length).toBeGreaterThan(3);
  for (const value of NASTY_VALUES) {
    if (plain.includes(value)) {
      expect(cmd?.set('K', value)).toBe(`set "K=${value}"\r\n`);
    } else {
      expect(refusal(() => cmd?.set('K', value))).toMatch(/^FAILED K can't be set in cmd.exe/);
    }
  }
});

/** `'a''b' + [char]0x2019 + 'c'`, read by about_Quoting_Rules' rule for single quotes. */
function readPowershell(statement: string): string {
  let rest = statement.replace(/^\$env:K = /, '').replace(/\n$/, '');
  let value = '';
  for (;;) {
    const [token, text, code] = /^(?:'((?:[^']|'')*)'|\[char\]0x([0-9a-f]{1,4}))/.exec(rest) ?? [];
    if (token === undefined) throw new Error(`not an expression: ${rest}`);
    value += text?.replaceAll("''", "'") ?? String.fromCharCode(parseInt(code ?? '', 16));
    rest = rest.slice(token.length);
    if (rest === '') return value;
    if (!rest.startsWith(' + ')) throw new Error(`code after a string: ${rest}`);
    rest = rest.slice(3);
  }
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (thrown) {
    if (isAssumeError(thrown)) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  return 'not refused';
}
