import { describe, expect, it } from 'vitest';
import type { AwsSection } from '../../src/config/aws-file.js';
import { parseAwsFile } from '../../src/config/aws-file-parser.js';
import type { AwsRow } from './grammar/aws-row.js';
import { BYTES } from './grammar/byte-rows.js';
import { CREDENTIALS } from './grammar/credentials-rows.js';
import { HEADERS, NAMES, REPEATED } from './grammar/header-rows.js';
import { COMMENTS, INDENTED, PROPERTIES } from './grammar/line-rows.js';
import { thrownBy } from './thrown-by.js';

const FILE = '/home/user/.aws/config';

/** What is said of each kind of malformed line, and what to write instead. */
const SAID: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  header: [
    'a section header has to end with "]"',
    'Add it after the name. A # or ; starts a comment, even between the brackets.',
  ],
  outside: [
    'a section header has to come first',
    'Put a header above the line: [profile NAME], or [NAME] in the credentials file.',
  ],
  property: [
    'a property has to read "name = value", and there is no "="',
    'Add it, or start the line with # if it is a comment.',
  ],
  subproperty: [
    'a line indented under an empty value has to read "name = value", and there is no "="',
    'Add it, or start the line with # if it is a comment.',
  ],
  name: [
    'a property has to have a name before the "="',
    'Write the name, or start the line with # if it is a comment.',
  ],
};

const CONFIG: readonly AwsRow[] = [
  ...HEADERS,
  ...NAMES,
  ...REPEATED,
  ...PROPERTIES,
  ...COMMENTS,
  ...INDENTED,
  ...BYTES,
];

describe.each([
  ['config', CONFIG],
  ['credentials', CREDENTIALS],
] as const)('the %s file', (kind, rows) => {
  it.each(rows.map(named))('reads %s', (_, { text, outcome, warnings }) => {
    if (typeof outcome === 'string') {
      const [place = '', reason = ''] = outcome.split(' ');
      const [said, hint] = SAID[reason] ?? [];
      const error = thrownBy(() => parseAwsFile(text, FILE, kind));
      expect(error.code).toBe('CONFIG_INVALID');
      expect(error.message).toBe(`${FILE}:${place}: ${said ?? ''}`);
      expect(error.hint).toBe(hint);
      return;
    }
    const file = parseAwsFile(text, FILE, kind);
    expect(plain(file.profiles)).toEqual(outcome);
    expect(
      file.warnings.map(({ row, line, column }) => `${String(line)}:${String(column)} ${row}`),
    ).toEqual(warnings);
  });
});

function named([about, text, outcome, ...warnings]: AwsRow) {
  return [about, { text, outcome, warnings }] as const;
}

describe('what a file says', () => {
  it('keeps sessions and services apart from profiles', () => {
    const text = '[sso-session s]\na = 1\n[services v]\nsts =\n  endpoint_url = u\n[profile s]';
    const file = parseAwsFile(text, FILE, 'config');
    expect([...file.profiles.keys()]).toEqual(['s']);
    expect(file.ssoSessions.get('s')?.values.get('a')?.value).toBe('1');
    const sts = file.services.get('v')?.values.get('sts');
    expect(sts?.subproperties?.get('endpoint_url')?.value).toBe('u');
  });

  it('has the place of every section, property and sub-property', () => {
    const text = '\n[profile a]\nx = 1\ns3 =\n\n   Key = v # c\n[profile a]\n  y = 2';
    const section = parseAwsFile(text, FILE, 'config').profiles.get('a');
    expect(section).toMatchObject({ name: 'a', file: FILE, line: 2, column: 1 });
    expect(section?.values.get('x')).toEqual({
      value: '1',
      file: FILE,
      line: 3,
      column: 5,
      subproperties: null,
    });
    expect(section?.values.get('y')).toMatchObject({ line: 8, column: 7 });
    expect(section?.values.get('s3')?.subproperties?.get('Key')).toEqual({
      value: 'v # c',
      file: FILE,
      line: 6,
      column: 10,
      subproperties: null,
    });
  });

  it('has its sections in their order, whatever they are called', () => {
    const text = '[profile "b b"]\n[profile c]\n[default]\n[profile \u00e9]\n[profile a]';
    const { profiles } = parseAwsFile(text, FILE, 'config');
    expect([...profiles.keys()]).toEqual(['b b', 'c', 'default', '\u00e9', 'a']);
  });

  it('has a hundred warnings at most', () => {
    expect(parseAwsFile('[a]\n'.repeat(1000), FILE, 'config').warnings).toHaveLength(100);
  });
});

describe('a section that is left out', () => {
  it.each([
    ['[foo]', 'config', 'foo', 'bare-name'],
    ['[Profile foo]', 'config', 'foo', 'unknown-type'],
    ['[profile foo bar]', 'config', 'foo bar', 'words-in-name'],
    ['[profile foo]', 'credentials', 'foo', 'typed-in-credentials'],
    ['["foo"]', 'credentials', 'foo', 'quotes-in-credentials'],
    ["['foo bar']", 'credentials', 'foo bar', 'quotes-in-credentials'],
    ['["foo]', 'credentials', null, 'quotes-in-credentials'],
    ['[a\u202eb]', 'credentials', null, 'unusable-credentials-name'],
  ] as const)('is kept for whoever asks for it: %s', (header, kind, name, row) => {
    const { skipped } = parseAwsFile(`\n${header}\nx = 1\n${header}`, FILE, kind);
    expect(skipped).toEqual([{ header: header.slice(1, -1), name, file: FILE, line: 2, row }]);
  });

  it.each(['[plugins]', '[preview]', '[plugins x]', '[]'])("is nobody's: %s", (header) => {
    expect(parseAwsFile(header, FILE, 'config').skipped).toEqual([]);
  });
});

describe('a malformed line', () => {
  it.each([
    ['[profile a]\nsecret', 'config'],
    ['secret = 1', 'config'],
    ['[profile a]\n  secret', 'config'],
    ['[profile a]\n= secret', 'config'],
    ['[profile a]\nx =\n  secret', 'config'],
    ['[secret', 'credentials'],
  ] as const)('is told with a hint and never shown: %j', (text, kind) => {
    const error = thrownBy(() => parseAwsFile(text, 'a\u202eb', kind));
    expect(error).toMatchObject({
      code: 'CONFIG_INVALID',
      hint: expect.stringMatching(/\.$/) as string,
    });
    expect(error.message).toMatch(/^a\\u\{202e\}b:\d+:\d+: /);
    expect(`${error.message} ${error.hint ?? ''}`).not.toContain('secret');
  });
});

function plain(profiles: ReadonlyMap<string, AwsSection>): unknown {
  return Object.fromEntries(
    [...profiles].map(([name, section]) => [
      name,
      Object.fromEntries([...section.values].map(([key, { value }]) => [key, value])),
    ]),
  );
}
