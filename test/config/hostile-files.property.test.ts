import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAssumeFile } from '../../src/config/assume-file.js';
import { parseAwsFile } from '../../src/config/aws-file-parser.js';
import { isAssumeError } from '../../src/errors.js';
import { hostWith } from './fake-files.js';

const numRuns = process.env['ASSUME_TEST_FULL'] ? 20_000 : 2_000;
const MAIN = '/home/jane/.config/assume/assume.ini';

const read = {
  config: (text: string) => parseAwsFile(text, 'f', 'config'),
  credentials: (text: string) => parseAwsFile(text, 'f', 'credentials'),
  assume: (text: string) => readAssumeFile(hostWith({ files: { [MAIN]: text } })),
};

/** Pieces of which files are made, and some that break them. */
const piece = fc.oneof(
  fc.constantFrom(
    '[',
    ']',
    '=',
    ':',
    '#',
    ';',
    '"',
    "'",
    '\\',
    '/',
    ',',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\n ',
    '\n[',
    ']\n',
    'profile ',
    'default',
    'settings',
    'account ',
    'target ',
    'customer ',
    'identity ',
    'role ',
    'id',
    'roles',
    'region',
    'tags',
    'credentials',
    'profile:',
    'policy',
    '{"a":',
    '111122223333',
    '__proto__',
    'constructor',
    '\ufeff',
    '\0',
    '\u2028',
    '\u202e',
    '\ud800',
    '\u00a0',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const file = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
);

/** What comes out, or the message of a refusal; anything else thrown fails the test. */
function outcome(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (thrown) {
    if (isAssumeError(thrown) && thrown.code === 'CONFIG_INVALID') return thrown.message;
    throw thrown;
  }
}

describe.each(Object.entries(read))('the reader of %s files', { timeout: 120_000 }, (_, reader) => {
  it('reads or refuses any text, and its refusal steers no terminal', () => {
    fc.assert(
      fc.property(file, (text) => {
        const lines = outcome(() => reader(text)).split('\n');
        for (const line of lines) {
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          expect(line).toMatch(/^$|^[^:]+:\d+:/);
        }
      }),
      { numRuns },
    );
  });

  it('leaves the prototypes of objects alone', () => {
    outcome(() =>
      reader(
        '[profile __proto__]\npolluted = 1\n[__proto__]\n__proto__ = 1\n[customer __proto__]\ncolor = red',
      ),
    );
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(Object.hasOwn(Object.prototype, 'color')).toBe(false);
  });

  // Work that grows with the square of the size would outlast the test's time limit many times over.
  it.each([
    ['one line of blanks', ' '.repeat(10_000_000)],
    ['a key and blanks', `[profile a]\nx${' '.repeat(10_000_000)}y`],
    ['a value and blanks', `[profile a]\nx = y${' '.repeat(10_000_000)}z`],
    ['a header and blanks', `[profile${' '.repeat(10_000_000)}`],
    ['a name of blanks', `[profile a${' '.repeat(10_000_000)}b]`],
    ['opening brackets', '['.repeat(10_000_000)],
    ['headers', '[profile a]\n'.repeat(800_000)],
    ['keys', `[settings]\n${'region = a\n'.repeat(100_000)}`],
    ['continuations', `[profile a]\nx = 1\n${' y\n'.repeat(1_000_000)}`],
    ['a block', `[profile a]\nx =\n${' y = 1\n'.repeat(500_000)}`],
    ['comment signs', `[profile a]\nx = ${' #'.repeat(5_000_000)}`],
    ['quotes', `[settings]\nregion = "${'\\"'.repeat(5_000_000)}`],
    ['backslashes', `[settings]\nregion = ${'\\'.repeat(5_000_000)}`],
    ['single quotes', `[settings]\nregion = ${"'".repeat(5_000_000)}`],
    ['commas', `[settings]\ntags = ${','.repeat(2_000_000)}`],
    ['nested JSON', `[settings]\npolicy = ${'{"a":'.repeat(1_000_000)}`],
    ['line ends', '\r\n\r\n\n\r'.repeat(1_000_000)],
    ['NUL', '\0'.repeat(10_000_000)],
  ])('gets to the end of ten megabytes of %s', (_about, text) => {
    expect(outcome(() => reader(text)).length).toBeLessThan(20_000_000);
  });
});
