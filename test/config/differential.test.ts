import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AwsFile } from '../../src/config/aws-file.js';
import { parseAwsFile } from '../../src/config/aws-file-parser.js';
import { TOLERANCES, type ToleranceName } from '../../src/config/tolerances.js';
import type { Reader } from '../../src/config/tolerance.js';
import { isAssumeError } from '../../src/errors.js';
import { iniText } from './ini-texts.js';
import { mutatedText } from './readers/aws-texts.js';
import { findBotocore, readByBotocore } from './readers/botocore.js';
import { differences, differencesInJs } from './readers/differences.js';
import { readByJs } from './readers/js.js';
import { effectOf, predict } from './readers/prediction.js';
import type { AwsText } from './readers/reading.js';

const MUTATED = 4_500;
const MIXED = 500;

/** Always the same, so that the counts are. */
const TEXTS: readonly AwsText[] = [
  ...fc.sample(mutatedText, { numRuns: MUTATED, seed: 1 }),
  ...fc.sample(
    fc.record({ kind: fc.constantFrom('config' as const, 'credentials' as const), text: iniText }),
    { numRuns: MIXED, seed: 1 },
  ),
];

/** Where the AWS CLI reads a file that we refuse: what it makes of the line, nobody can have meant. */
const OURS_ALONE: readonly [about: string, message: RegExp, line: RegExp][] = [
  ['a header without its end that holds a = or colon', /has to end with "\]"/, /[=:]/],
  ['a block under a comment', /under an empty value has to/, /^/],
  ['a line of a block without its name', /has to have a name/, /^\s+=/],
];

/** How often each row foretold what a reader does otherwise. */
type Hits = Map<ToleranceName, number>;

const python = findBotocore();

describe.skipIf(python === null)('beside the reader of the AWS CLI and boto3', () => {
  const hits: Hits = new Map();
  const unforeseen: unknown[] = [];
  const oursAlone = new Map<string, number>();
  let refusedByBoth = 0;

  beforeAll(() => {
    const readings = readByBotocore(python ?? '', TEXTS);
    TEXTS.forEach((text, index) => {
      const theirs = readings[index] ?? null;
      const ours = parse(text);
      if (typeof ours === 'string') {
        const reason = theirs && (explainRefusal(ours, text) ?? ours);
        if (reason === null) refusedByBoth++;
        else oursAlone.set(reason, (oursAlone.get(reason) ?? 0) + 1);
        return;
      }
      const refusing = rowsWithEffect('botocore', ours, /^refuse the whole file$/);
      if (theirs === null || refusing.length > 0) {
        const rows = [...refusing, ...rowsWithEffect('botocore', ours, /, if at all$/)];
        count(hits, rows);
        if (theirs !== null || rows.length === 0) unforeseen.push({ text, rows });
        return;
      }
      for (const difference of differences(ours, theirs)) {
        const rows = predict('botocore', difference, ours.warnings);
        count(hits, rows);
        if (rows.length === 0) unforeseen.push({ text, difference });
      }
    });
  }, 300_000);

  it('reads nothing otherwise that no row foretells', () => {
    expect(TEXTS).toHaveLength(5_000);
    expect(unforeseen).toEqual([]);
  });

  it.each(rowsOfReader('botocore'))('is foretold by %s twenty times', (row) => {
    expect(hits.get(row) ?? 0).toBeGreaterThanOrEqual(20);
  });

  it('refuses whatever we refuse, but for three kinds of lines', () => {
    const known = OURS_ALONE.map(([about]) => about);
    expect([...oursAlone.keys()].sort()).toEqual([...known].sort());
    expect(refusedByBoth).toBeGreaterThan(500);
  });
});

describe('beside the reader of the SDK for JS', () => {
  const hits: Hits = new Map();
  const unforeseen: unknown[] = [];

  beforeAll(async () => {
    const readings = await readByJs(TEXTS);
    TEXTS.forEach((text, index) => {
      const ours = parse(text);
      if (typeof ours === 'string') return;
      for (const difference of differencesInJs(ours, readings[index] ?? {})) {
        const rows = predict('js', difference, ours.warnings);
        count(hits, rows);
        if (rows.length === 0) unforeseen.push({ text, difference });
      }
    });
  }, 300_000);

  it('reads nothing otherwise that no row foretells', () => {
    expect(unforeseen).toEqual([]);
  });

  it.each(rowsOfReader('js'))('is foretold by %s twenty times', (row) => {
    expect(hits.get(row) ?? 0).toBeGreaterThanOrEqual(20);
  });
});

/** The file, or the message of its refusal. */
function parse({ text, kind }: AwsText): AwsFile | string {
  try {
    return parseAwsFile(text, 'f', kind);
  } catch (thrown) {
    if (isAssumeError(thrown)) return thrown.message;
    throw thrown;
  }
}

function explainRefusal(message: string, { text }: AwsText): string | undefined {
  const [, number = ''] = /^f:(\d+):/.exec(message) ?? [];
  const line = text.split(/\r\n|\n|\r/)[Number(number) - 1] ?? '';
  return OURS_ALONE.find(([, said, stands]) => said.test(message) && stands.test(line))?.[0];
}

function rowsOfReader(reader: Reader): ToleranceName[] {
  const names = Object.keys(TOLERANCES) as ToleranceName[];
  return names.filter((row) => effectOf(reader, row) !== undefined);
}

function rowsWithEffect(reader: Reader, { warnings }: AwsFile, effect: RegExp): ToleranceName[] {
  return warnings.map(({ row }) => row).filter((row) => effect.test(effectOf(reader, row) ?? ''));
}

/** Each row once for a difference, however often it was told. */
function count(hits: Hits, rows: readonly ToleranceName[]): void {
  for (const row of new Set(rows)) hits.set(row, (hits.get(row) ?? 0) + 1);
}
