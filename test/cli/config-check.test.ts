import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ASSUME, RUNTIME } from '../support/practice.js';
import { makeTempHome, type TempHome } from '../support/temp-home.js';
import { CONFIG, CREDENTIALS } from './good-files.js';

type Files = Readonly<Partial<Record<'config' | 'credentials', string>>>;

/** What is told of a broken line, and what to write instead. */
type Told = readonly [message: string, hint: string];

const HEADER: Told = [
  'a section header has to end with "]"',
  'Add it after the name. A # or ; starts a comment, even between the brackets.',
];
const OUTSIDE: Told = [
  'a section header has to come first',
  'Put a header above the line: [profile NAME], or [NAME] in the credentials file.',
];
const PROPERTY: Told = [
  'a property has to read "name = value", and there is no "="',
  'Add it, or start the line with # if it is a comment.',
];
const BLOCK: Told = [
  'a line indented under an empty value has to read "name = value", and there is no "="',
  'Add it, or start the line with # if it is a comment.',
];
const NAME: Told = [
  'a property has to have a name before the "="',
  'Write the name, or start the line with # if it is a comment.',
];

/** A line of a good file put otherwise, and where what is told. */
type Row = readonly [
  file: keyof Files,
  line: number,
  from: string,
  to: string,
  place: string,
  told: Told,
];

const BROKEN: readonly Row[] = [
  ['config', 3, '[default]', '[default', '3:9', HEADER],
  ['config', 3, 'default]', '', '3:2', HEADER],
  ['config', 7, ']', '', '7:13', HEADER],
  ['config', 7, ']', ')', '7:14', HEADER],
  ['config', 14, '] #', ' #', '14:27', HEADER],
  ['config', 14, '] # the one that matters', '', '14:27', HEADER],
  ['config', 20, ']', '', '20:14', HEADER],
  ['config', 29, ']', '', '29:16', HEADER],
  ['config', 33, ']', '', '33:18', HEADER],
  ['config', 37, ']', '', '37:9', HEADER],
  ['credentials', 1, ']', '', '1:6', HEADER],
  ['credentials', 6, ']', '', '6:7', HEADER],

  ['config', 1, '# What every tool reads alike.', 'region = eu-west-1', '1:1', OUTSIDE],
  ['config', 1, '# ', '', '1:1', OUTSIDE],
  ['config', 2, '', 'output=json', '2:1', OUTSIDE],
  ['config', 2, '', '  output = json', '2:3', OUTSIDE],
  ['config', 3, '[', '', '3:1', OUTSIDE],
  ['config', 3, '[', '# [', '4:1', OUTSIDE],
  ['credentials', 1, '[base]', 'base', '1:1', OUTSIDE],
  ['credentials', 1, '[base]', '', '2:1', OUTSIDE],

  ['config', 4, ' = eu-west-1', '', '4:1', PROPERTY],
  ['config', 4, '=', '', '4:1', PROPERTY],
  ['config', 6, '', 'a note', '6:1', PROPERTY],
  ['config', 7, '[', '', '7:1', PROPERTY],
  ['config', 8, ' = arn:aws:iam::222222222222:role/dev-role', '', '8:1', PROPERTY],
  [
    'config',
    8,
    'role_arn = arn:aws:iam::222222222222:role/dev-role',
    '\trole_arn',
    '8:2',
    PROPERTY,
  ],
  ['config', 10, '=', ' ', '10:1', PROPERTY],
  ['config', 11, '; ', '', '11:1', PROPERTY],
  ['config', 12, '= jane.doe', '# jane.doe', '12:1', PROPERTY],
  ['config', 18, '= ', '', '18:1', PROPERTY],
  ['config', 27, ' = local', '', '27:1', PROPERTY],
  ['config', 35, '=', '-', '35:1', PROPERTY],
  ['config', 38, ' = /opt/plugins', '', '38:1', PROPERTY],
  ['credentials', 2, ' = AKIAIOSFODNN7EXAMPLE', '', '2:1', PROPERTY],
  ['credentials', 3, '= ', '', '3:1', PROPERTY],
  ['credentials', 5, '# ', '', '5:1', PROPERTY],

  ['config', 24, ' = 20', '', '24:3', BLOCK],
  ['config', 25, '', '    a note', '25:5', BLOCK],
  ['config', 26, ' = path', ': path', '26:3', BLOCK],
  ['config', 31, ' = http://localhost:9000', '', '31:3', BLOCK],

  ['config', 4, 'region', '', '4:2', NAME],
  ['config', 10, 'region', '', '10:1', NAME],
  ['config', 26, 'addressing_style', '', '26:4', NAME],
  ['config', 34, 'sso_start_url ', '', '34:1', NAME],
  ['credentials', 7, 'aws_access_key_id', '', '7:1', NAME],
];

let home: TempHome;

beforeEach(() => {
  home = makeTempHome();
  mkdirSync(join(home.path, '.aws'));
});

afterEach(() => {
  home.remove();
});

function write(files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(home.path, '.aws', name), text, { mode: 0o600 });
  }
}

function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(RUNTIME, [ASSUME, ...words], {
    env: home.env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('config check, of files that every reader reads alike', () => {
  test.each<[string, Files]>([
    ['both files', { config: CONFIG, credentials: CREDENTIALS }],
    [
      'lines that end in CRLF',
      {
        config: CONFIG.replaceAll('\n', '\r\n'),
        credentials: CREDENTIALS.replaceAll('\n', '\r\n'),
      },
    ],
    ['no line end at the end', { config: CONFIG.trimEnd(), credentials: CREDENTIALS.trimEnd() }],
    ['the credentials alone', { credentials: CREDENTIALS }],
    ['empty files', { config: '', credentials: '\n' }],
    ['no file', {}],
  ])('is silent and 0: %s', (_, files) => {
    write(files);
    expect(run('config', 'check')).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe('config check, of a good file with one line put otherwise', () => {
  test('is tried on forty lines and more', () => {
    expect(new Set(BROKEN.map((row) => row.slice(0, 4).join('\0'))).size).toBe(BROKEN.length);
    expect(BROKEN.length).toBeGreaterThanOrEqual(40);
  });

  test.each(BROKEN)('tells the place and no more: %s %i %j → %j', (...row) => {
    const [file, line, from, to, place, [message, hint]] = row;
    const files = { config: CONFIG, credentials: CREDENTIALS };
    const lines = files[file].split('\n');
    expect(lines[line - 1]).toContain(from);
    lines[line - 1] = lines[line - 1]?.replace(from, to) ?? '';
    write({ ...files, [file]: lines.join('\n') });
    const path = join(home.path, '.aws', file);
    expect(run('config', 'check')).toEqual({
      status: 3,
      stdout: '',
      stderr: `assume: ${path}:${place}: ${message}\n  ${hint}\n`,
    });
  });
});

/** A value of a good file that is read and cannot be used, and what is told of it, after its file. */
const UNUSABLE: readonly (readonly [
  file: keyof Files,
  line: number,
  from: string,
  to: string,
  told: RegExp,
])[] = [
  ['config', 8, 'arn:aws:iam::2', 'arn:aws:iam:2', /config:8:12: role_arn of profile dev cannot/],
  ['config', 8, ':role/', ':user/', /config:8:12: role_arn of profile dev cannot/],
  ['config', 8, '222222222222', '2222-2222-2222', /config:8:12: role_arn .*twelve-digit/],
  ['config', 9, 'base', 'bsae', /no profile bsae, which \S+config:9:18 names \(nearest: base\)/],
  ['config', 9, 'base', 'dev', /in a circle: dev → dev \(\S+config:9:18\)/],
  ['config', 9, 'source_profile', 'source_profil', /role_arn \(\S+config:8:12\) but neither/],
  ['config', 9, 'source_profile', 'credential_source', /config:9:21: .* cannot be base \(/],
  ['config', 17, 'a=b:c/d@e', 'a b', /config:17:15: external_id of profile team\/prod-1/],
  ['config', 18, '3600', '60', /config:18:20: duration_seconds of profile team\/prod-1.*900/],
  ['config', 18, '3600', '13h', /config:18:20: duration_seconds/],
  ['config', 18, '3600', 'an hour', /config:18:20: duration_seconds .*it is no duration/],
  ['credentials', 2, '_id', '_i', /half a key: \S+credentials:3:25 has no aws_access_key_id/],
  ['credentials', 3, '_key ', '_ke ', /half a key: \S+credentials:2:21 has no aws_secret/],
  ['credentials', 1, 'base', 'bse', /no profile base, which \S+config:9:18 names/],
];

describe('config check, of a good file with one value that cannot be used', () => {
  test.each(UNUSABLE)('tells of the value and its place: %s %i %j → %j', (...row) => {
    const [file, line, from, to, told] = row;
    const files = { config: CONFIG, credentials: CREDENTIALS };
    const lines = files[file].split('\n');
    expect(lines[line - 1]).toContain(from);
    lines[line - 1] = lines[line - 1]?.replace(from, to) ?? '';
    write({ ...files, [file]: lines.join('\n') });
    const { status, stdout, stderr } = run('config', 'check');
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(told);
    expect(stderr).toMatch(/^(assume: \S.*\n)+ {2}correct it, then run: assume config check\n$/);
  });
});

describe('config check, of several files that are broken', () => {
  test('tells of each of them at once', () => {
    write({ config: '[default\n', credentials: 'keys\n' });
    mkdirSync(join(home.path, '.config/assume'), { recursive: true });
    const ini = join(home.path, '.config/assume/assume.ini');
    writeFileSync(ini, '[settings]\ncolour = red\n');
    const { status, stdout, stderr } = run('config', 'check');
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      `assume: ${home.path}/.aws/config:1:9: ${HEADER[0]}`,
      `assume: ${home.path}/.aws/credentials:1:1: ${OUTSIDE[0]}`,
      expect.stringMatching(/^assume: .+assume\.ini:2:1: .*colour/) as string,
      `  ${HEADER[1]}`,
      `  ${OUTSIDE[1]}`,
      '  correct it, then run: assume config check',
      '',
    ]);
  });

  test('says once what helps against both', () => {
    write({ config: '[default\n', credentials: '[base\n' });
    const { stderr } = run('config', 'check');
    expect(stderr.split('\n').map((line) => line.slice(0, 8))).toEqual([
      ...['assume: ', 'assume: ', '  Add it', ''],
    ]);
  });
});

describe('config check, of a file that the AWS CLI reads', () => {
  const text = [
    '[profile base] # [keys]',
    'aws_access_key_id: AKIAIOSFODNN7EXAMPLE',
    'aws_secret_access_key: fake',
    '[profile "two words"]',
    '  role_arn = arn:aws:iam::222222222222:role/r',
    '    # of the second account',
    '  source_profile = base',
    '[profile caf\u00e9] text',
    'role_arn = arn:aws:iam::222222222222:role/r',
    'SOURCE_PROFILE = base',
    '[Profile lost]',
  ].join('\n');

  test('tells each line that some tool reads otherwise, and 0', () => {
    write({ config: text });
    const { status, stdout, stderr } = run('config', 'check');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    const path = join(home.path, '.aws/config');
    expect(stderr.trimEnd().split('\n')).toEqual(
      [
        '1:1: [profile base]: a "]" in the comment after the header: the AWS CLI and boto3 do not see it (give the comment a line of its own)',
        '2:18: a colon for the "=": the JS SDK does not see it, the Java SDK refuses the whole file (write "=")',
        '3:22: a colon for the "=": the JS SDK does not see it, the Java SDK refuses the whole file (write "=")',
        '4:1: [profile "two words"]: a name with quotes or backslashes in it, or one that needs them: the JS SDK and the Java SDK do not see it, the Go SDK takes all of it for the name (make the name of A-Z a-z 0-9 _ - / . % @ : +)',
        '5:3: blanks before the first property of its section: the Go SDK does not see it, the Java SDK refuses the whole file (put it in the first column)',
        '6:5: blanks before a comment: the Java SDK reads it into the value, if at all (put it in the first column)',
        '8:1: [profile caf\u00e9]: text after the "]": the JS SDK takes its properties for those of the section above, the Go SDK and the Java SDK refuse the whole file (remove it, or put a blank and # before it)',
        '8:1: [profile caf\u00e9]: a name with characters that not every reader takes: the JS SDK and the Java SDK do not see it (make the name of A-Z a-z 0-9 _ - / . % @ : +)',
        '10:1: a capital letter in the name of a property: the JS SDK and the Java SDK do not see it (write it in lower case)',
        '11:1: [Profile lost]: not read (the headers of the config file are [profile NAME], [sso-session NAME], [services NAME])',
      ].map((line) => `warning: ${path}:${line}`),
    );
  });

  test('does not keep its profiles from being targets', () => {
    write({ config: text });
    const { status, stdout } = run('list', '--json');
    expect(status).toBe(0);
    const { targets } = JSON.parse(stdout) as { targets: { name: string }[] };
    expect(targets.map(({ name }) => name)).toEqual(['base', 'two words', 'caf\u00e9']);
    expect(run('plan', 'two words').stdout).toContain('arn:aws:iam::222222222222:role/r');
    expect(run('plan', 'lost')).toMatchObject({
      status: 4,
      stderr: expect.stringContaining(':11 has [Profile lost], not read') as string,
    });
  });
});
