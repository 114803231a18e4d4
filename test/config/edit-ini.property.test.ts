import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwsFile } from '../../src/config/aws-file.js';
import { parseAwsFile } from '../../src/config/aws-file-parser.js';
import { editIniSection, readIniSection, removeIniSection } from '../../src/config/edit-ini.js';
import { isAssumeError } from '../../src/errors.js';
import { edits, iniText, plainIniText } from './ini-texts.js';
import { findBotocore } from './readers/botocore.js';

const numRuns = process.env['ASSUME_TEST_FULL'] ? 20_000 : 2_000;
const timeout = 300_000;

describe('an edit of any file', { timeout }, () => {
  it('sets what was asked and leaves every byte of other sections', () => {
    fc.assert(
      fc.property(iniText, edits, (text, values) => {
        const edited = orRefused(() => editIniSection(text, 'us', values));
        if (edited === null) return;
        const before = chunks(text);
        const after = chunks(edited);
        if (after.ours.length === before.ours.length) expect(after.others).toEqual(before.others);
        else expect(after.others.join('').trimEnd()).toBe(before.others.join('').trimEnd());
        expect(comments(after.ours)).toEqual(comments(before.ours));
        const read = orRefused(() => readIniSection(edited, 'us'));
        for (const [key, value] of Object.entries(values))
          expect(read?.get(key) ?? null).toBe(value);
      }),
      { numRuns },
    );
  });

  it('is seen by our parser as that change and no other', () => {
    fc.assert(
      fc.property(fc.oneof(iniText, plainIniText), edits, (text, values) => {
        const before = orRefused(() => parseAwsFile(text, 'f', 'credentials'));
        // The SDKs see the key "k:a" in `k:a=b`, the AWS CLI the key "k"; an edit takes it for both.
        if (before === null || /^[^\s=:]+:[^\s=]*=/m.test(text)) return;
        const expected = plain(before);
        const ours = new Map(expected.get('us'));
        for (const [key, value] of Object.entries(values)) {
          if (value === null) ours.delete(key);
          else ours.set(key, Buffer.from(value, 'utf8').toString('latin1'));
        }
        if (ours.size > 0 || expected.has('us')) expected.set('us', ours);
        const edited = orRefused(() => editIniSection(text, 'us', values));
        if (edited === null) return;
        expect(plain(parseAwsFile(edited, 'f', 'credentials'))).toEqual(expected);
      }),
      { numRuns },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(iniText, edits, (text, values) => {
        const edited = orRefused(() => editIniSection(text, 'us', values));
        if (edited !== null) expect(editIniSection(edited, 'us', values)).toBe(edited);
      }),
      { numRuns },
    );
  });
});

describe('a removal from any file', { timeout }, () => {
  it('leaves every byte of other sections, and nothing of ours but comments after it', () => {
    fc.assert(
      fc.property(iniText, (text) => {
        const removed = orRefused(() => removeIniSection(text, 'us'));
        if (removed === null) return;
        expect(readIniSection(removed, 'us')).toBeNull();
        const kept = lines(chunks(text).others.join(''));
        const left = lines(withoutMark(removed));
        expect(left.filter(isMeant)).toEqual(kept.filter(isMeant));
        expect(
          contains(
            left,
            kept.filter((line) => line.trim() !== ''),
          ),
        ).toBe(true);
      }),
      { numRuns },
    );
  });
});

const python = findBotocore();

describe.skipIf(python === null)("the AWS CLI's own parser", { timeout }, () => {
  it('sees every edit as that change and no other, wherever it can read the file', () => {
    const cases = fc
      .sample(fc.tuple(fc.oneof({ arbitrary: plainIniText, weight: 9 }, iniText), edits), {
        numRuns: process.env['ASSUME_TEST_FULL'] ? 4_000 : 1_500,
        seed: 7,
      })
      // The SDKs see the profile "us" in such a header, the AWS CLI a section named " us ".
      .filter(([before]) => !before.includes('[ us ]'))
      .flatMap(([before, values]) => {
        const after = orRefused(() => editIniSection(before, 'us', values));
        const removed = orRefused(() => removeIniSection(before, 'us'));
        return after === null || removed === null ? [] : [{ before, after, removed, values }];
      });
    const child = spawnSync(python ?? '', ['-c', BOTOCORE], {
      input: JSON.stringify(cases),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    expect(child.stderr).toBe('');
    const { compared, wrong } = JSON.parse(child.stdout) as { compared: number; wrong: unknown[] };
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(500);
  });
});

/** Reads each case before and after by botocore, and prints those where more or less changed than was asked. */
const BOTOCORE = `
import json, os, sys, tempfile
import botocore.configloader, botocore.exceptions

path = os.path.join(tempfile.mkdtemp(), 'f')

def read(text):
    with open(path, 'wb') as file:
        file.write(text.encode('latin1'))
    try:
        return botocore.configloader.raw_config_parse(path)
    except botocore.exceptions.ConfigParseError:
        return None

compared, wrong = 0, []
for case in json.load(sys.stdin):
    before = read(case['before'])
    if before is None:
        continue
    compared += 1
    expected = json.loads(json.dumps(before))
    ours = expected.setdefault('us', {})
    for key, value in case['values'].items():
        if value is None:
            ours.pop(key, None)
        else:
            ours[key] = value
    if not ours and 'us' not in before:
        del expected['us']
    if read(case['after']) != expected:
        wrong.append(case)
    before.pop('us', None)
    if read(case['removed']) != before:
        wrong.append(case)
os.remove(path)
os.rmdir(os.path.dirname(path))
print(json.dumps({'compared': compared, 'wrong': wrong[:3]}))
`;

/** The file cut before every header in the first column, ours apart. */
function chunks(text: string): { ours: string[]; others: string[] } {
  const all = withoutMark(text).split(/(?<![^\r\n])(?=\[)/);
  const isOurs = (chunk: string): boolean =>
    /^\[[ \t]*us[ \t]*\][ \t]*(?:[#;].*|junk)?$/.test(lines(chunk)[0] ?? '');
  return { ours: all.filter(isOurs), others: all.filter((chunk) => !isOurs(chunk)) };
}

const comments = (texts: string[]) => lines(texts.join('')).filter((line) => /^[#;]/.test(line));

const withoutMark = (text: string) => text.replace(/^\u00ef\u00bb\u00bf/, '');

const isMeant = (line: string) => line.trim() !== '' && !/^[#;]/.test(line);

const lines = (text: string) => text.split(/\r\n|\r|\n/);

/** Whether all of the words are in the list, in that order. */
function contains(list: string[], words: string[]): boolean {
  let at = 0;
  for (const line of list) if (line === words[at]) at++;
  return at === words.length;
}

const plain = (file: AwsFile) =>
  new Map(
    [...file.profiles].map(([name, section]) => [
      name,
      new Map([...section.values].map(([key, { value }]) => [key, value])),
    ]),
  );

function orRefused<T>(work: () => T): T | null {
  try {
    return work();
  } catch (thrown) {
    if (isAssumeError(thrown) && thrown.code === 'CONFIG_INVALID') return null;
    throw thrown;
  }
}
