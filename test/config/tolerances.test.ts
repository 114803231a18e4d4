import { beforeAll, describe, expect, it } from 'vitest';
import { parseAwsFile } from '../../src/config/aws-file-parser.js';
import { describeWarning, explainSkipped } from '../../src/config/describe-warning.js';
import type { Reader } from '../../src/config/tolerance.js';
import { TOLERANCES, type ToleranceName } from '../../src/config/tolerances.js';
import { findBotocore, readByBotocore } from './readers/botocore.js';
import { differences, differencesInJs } from './readers/differences.js';
import { EXAMPLES } from './readers/examples.js';
import { readByJs } from './readers/js.js';
import { effectOf } from './readers/prediction.js';
import type { Reading } from './readers/reading.js';

const ROWS = Object.keys(TOLERANCES) as ToleranceName[];
const TEXTS = ROWS.map((row) => ({ kind: EXAMPLES[row][0], text: EXAMPLES[row][1] }));
const python = findBotocore();

/** What we read of the example of a row. */
function readExample(row: ToleranceName) {
  const [kind, text] = EXAMPLES[row];
  return parseAwsFile(text, '/f', kind);
}

/** What the row says is seen; what is seen, some row that is told of the example says. */
function expectForetold(reader: Reader, row: ToleranceName, isOther: boolean): void {
  const told = readExample(row).warnings.map((warning) => effectOf(reader, warning.row));
  if (isOther) expect(told.filter((effect) => effect !== undefined)).not.toEqual([]);
  else expect(effectOf(reader, row)).toBeUndefined();
}

describe('the table of tolerances', () => {
  const others: Record<'botocore' | 'js', Reading[]> = { botocore: [], js: [] };

  beforeAll(async () => {
    if (python !== null) others.botocore = readByBotocore(python, TEXTS);
    others.js = await readByJs(TEXTS);
  });

  it.each(ROWS)('has an example of %s, of which it is told', (row) => {
    expect(readExample(row).warnings.map((warning) => warning.row)).toContain(row);
  });

  it.skipIf(python === null).each(ROWS)('is right of the AWS CLI and boto3 in %s', (row) => {
    const theirs = others.botocore[ROWS.indexOf(row)] ?? null;
    const isOther = theirs === null || differences(readExample(row), theirs).length > 0;
    expectForetold('botocore', row, isOther);
  });

  it.each(ROWS)('is right of the SDK for JS in %s', (row) => {
    const theirs = others.js[ROWS.indexOf(row)] ?? {};
    expectForetold('js', row, differencesInJs(readExample(row), theirs).length > 0);
  });

  it.each(ROWS)('shows no value of the file when it tells of %s', (row) => {
    for (const warning of readExample(row).warnings) {
      const told = describeWarning(warning);
      expect(told).toMatch(/^\/f:\d+:\d+: \S.*\(\S.*\)$/);
      expect(told).not.toMatch(/SECRET|[\p{Cc}\p{Cf}]/u);
    }
  });
});

describe('a warning', () => {
  it.each([
    [
      'comment-after-value',
      '/f:2:12: a comment after the value: the AWS CLI and boto3 take it for a part of the value (give the comment a line of its own)',
    ],
    [
      'empty-value',
      '/f:2:3: a property without a value: the JS SDK takes it for nothing, or for the head of indented lines below (write one, or remove the line)',
    ],
    [
      'wide-header',
      '/f:1:1: [profile  a]: more blanks inside the brackets than one between two words: the JS SDK does not see it (remove them)',
    ],
    [
      'capital-in-key',
      '/f:2:1: a capital letter in the name of a property: the JS SDK and the Java SDK do not see it (write it in lower case)',
    ],
    [
      'padded-header',
      '/f:1:1: [profile a]: blanks right inside the brackets: the AWS CLI, boto3 and the JS SDK do not see it (remove them)',
    ],
    [
      'indented-header',
      '/f:1:3: [profile a]: blanks before the header: the Go SDK takes its properties for those of the section above, the Java SDK refuses the whole file (put it in the first column)',
    ],
    [
      'repeated-key',
      '/f:3:1: the property is in its section already, in line 2: the AWS CLI and boto3 refuse the whole file (remove one of the two)',
    ],
    [
      'default-twice',
      '/f:1:1: [default]: left out, for [profile default] is in the file, in line 3 (remove one of the two)',
    ],
  ] as const)('of %s names the place, the tools, and what to write', (row, told) => {
    const own = readExample(row).warnings.find((warning) => warning.row === row);
    expect(own && describeWarning(own)).toBe(told);
  });

  it('shows the beginning of a long header, and nothing that steers a terminal', () => {
    const [warning] = parseAwsFile(`[\u202e${'a'.repeat(100)}]`, '/f\u202e', 'config').warnings;
    expect(warning && describeWarning(warning)).toMatch(
      /^\/f\\u\{202e\}:1:1: \[\\u\{202e\}a{63}\u2026\]: not read /,
    );
  });
});

describe('a section that is left out', () => {
  it.each([
    [
      'config',
      '[x]',
      "/f:1 has [x], not read: a profile's header in the config file reads [profile x]",
    ],
    [
      'config',
      '[Profile x]',
      '/f:1 has [Profile x], not read: the headers of the config file are [profile x], [sso-session x], [services x]',
    ],
    [
      'config',
      '[profile x y]',
      '/f:1 has [profile x y], not read, for a name of several words has to stand in quotes: choose a name without blanks and quotes',
    ],
    [
      'credentials',
      '[profile x]',
      "/f:1 has [profile x], not read: a profile's header in the credentials file reads [x]",
    ],
  ] as const)('is explained: %s %s', (kind, text, told) => {
    const { skipped } = parseAwsFile(text, '/f', kind);
    const name = skipped[0]?.name ?? '';
    expect(explainSkipped(skipped, name)).toBe(told);
    expect(explainSkipped(skipped, `${name}-other`)).toBeNull();
  });
});
