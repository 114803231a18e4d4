import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAssumeFile } from '../../src/config/assume-file.js';
import { parseAwsFile } from '../../src/config/aws-file-parser.js';
import { describeWarning, explainSkipped } from '../../src/config/describe-warning.js';
import { isAssumeError } from '../../src/errors.js';
import { hostWith } from './fake-files.js';
import { mutatedText } from './readers/aws-texts.js';

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

function numbered(count: number, line: (index: string) => string): string {
  return Array.from({ length: count }, (_, index) => line(String(index))).join('\n');
}

function deeper(index: number): string {
  return `${' '.repeat(index)}x = 1`;
}

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

describe("the reader of AWS's files", { timeout: 120_000 }, () => {
  it('reads or refuses a file with any of its bytes cut out or doubled', () => {
    const cut = fc.tuple(mutatedText, fc.nat(2_000), fc.nat(40), fc.nat(2));
    fc.assert(
      fc.property(cut, ([{ kind, text }, at, length, copies]) => {
        const bytes = Buffer.from(text, 'utf8');
        const start = at % (bytes.length + 1);
        const part = bytes.subarray(start, start + length);
        const parts = [bytes.subarray(0, start), ...Array<Buffer>(copies).fill(part)];
        const edited = Buffer.concat([...parts, bytes.subarray(start + length)]).toString('utf8');
        outcome(() => {
          const { warnings, skipped } = parseAwsFile(edited, 'f', kind);
          for (const warning of warnings) {
            expect(describeWarning(warning)).toMatch(/^f:\d+:\d+: [^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
          }
          for (const { name } of skipped) {
            if (name !== null) expect(explainSkipped(skipped, name)).toMatch(/^f:\d+ has /);
          }
        });
      }),
      { numRuns },
    );
  });

  it.each([
    ['headers, each another', numbered(700_000, (index) => `[profile p${index}]`)],
    ['headers that are left out', numbered(800_000, (index) => `[p${index}]`)],
    ['keys, each another', `[profile a]\n${numbered(700_000, (index) => `k${index} = 1`)}`],
    [
      'lines, each deeper',
      `[profile a]\nx =\n${numbered(4_400, (index) => deeper(Number(index)))}`,
    ],
    [
      'lines, each less deep',
      `[profile a]\n${numbered(4_400, (index) => deeper(4_400 - Number(index)))}`,
    ],
    ['blank lines in a value', `[profile a]\nx = 1\n${'\n'.repeat(9_000_000)}  2`],
    ['quotes in a header', `[profile ${'""'.repeat(5_000_000)}]`],
    ['backslashes in a header', `[profile ${'\\'.repeat(10_000_000)}]`],
    ['words in a header', `[profile ${'a '.repeat(5_000_000)}]`],
    ['closing brackets', `[profile a${']'.repeat(10_000_000)} #]`],
    ['equals signs', `[profile a]\n${'='.repeat(10_000_000)}`],
    ['colons', `[profile a]\nx y${':'.repeat(10_000_000)}`],
    ['no-break spaces', `[profile a]\nx${'\u00a0'.repeat(5_000_000)}= 1`],
    ['byte order marks', `[profile a]\n${'\ufeff'.repeat(3_000_000)}x = 1`],
    ['lone carriage returns', `[profile a]\r${'x = 1\r'.repeat(1_600_000)}`],
  ])('gets to the end of ten megabytes of %s', (_about, text) => {
    expect(outcome(() => read.config(text)).length).toBeLessThan(1_000);
  });
});

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
