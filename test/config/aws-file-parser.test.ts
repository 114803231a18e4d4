import { describe, expect, it } from 'vitest';
import { parseAwsFile, type AwsSection } from '../../src/config/aws-file-parser.js';
import { thrownBy } from './thrown-by.js';

type Table = Record<string, Record<string, string>>;

/** A table of profiles, or `line:column` of what is malformed and a word of the message. */
type Row = [about: string, text: string, expected: Table | string];

const CONFIG: Row[] = [
  // Sections
  ['an empty file', '', {}],
  ['a file of blanks', ' \t \n\n\t', {}],
  ['a profile without properties', '[profile foo]', { foo: {} }],
  ['blanks around a name', '[profile \tfoo \t]', { foo: {} }],
  ['blanks before the type', '[  profile foo  ]', { foo: {} }],
  ['a tab after the type', '[profile\tfoo]', { foo: {} }],
  ['the bare default profile', '[default]\na = 1', { default: { a: '1' } }],
  ['blanks around the bare default', '[ default ]\na = 1', { default: { a: '1' } }],
  ['two profiles', '[profile a]\n[profile b]', { a: {}, b: {} }],
  [
    'case in names of profiles',
    '[profile A]\nx=1\n[profile a]\nx=2',
    { A: { x: '1' }, a: { x: '2' } },
  ],
  ['every character of a name', '[profile aZ09_-/.%@:+]', { 'aZ09_-/.%@:+': {} }],
  ['a bare name that is not default', '[foo]\na = 1', {}],
  ['a type grown together with the name', '[profilefoo]\na = 1\n[profile bar]', { bar: {} }],
  ['the type alone', '[profile]\na = 1', {}],
  ['the type in capitals', '[PROFILE foo]\na = 1', {}],
  ['DEFAULT in capitals', '[DEFAULT]\na = 1', {}],
  ['a blank within a name', '[profile in valid]\na = 1\n[profile b]', { b: {} }],
  ['double quotes around a name', '[profile "foo bar"]\na = 1', {}],
  ['single quotes around a name', "[profile 'foo']\na = 1", {}],
  ['an equals sign in a name', '[profile a=b]\na = 1', {}],
  ['a letter beyond ASCII in a name', '[profile caf\u00e9]\na = 1', {}],
  ['a bidi override in a name', '[profile a\u202eb]\na = 1', {}],
  ['a bracket within a name', '[profile a[b]', {}],
  ['two closing brackets', '[profile a]]', {}],
  ['an empty header', '[]\na = 1', {}],
  ['a type nobody knows', '[plugins x]\na = 1', {}],
  ['inherited names as types', '[constructor x]\n[__proto__ y]\n[toString z]', {}],
  [
    '[profile default] before [default]',
    '[profile default]\na=1\n[default]\nb=2',
    { default: { a: '1' } },
  ],
  [
    '[profile default] after [default]',
    '[default]\nb=2\n[profile default]\na=1',
    { default: { a: '1' } },
  ],
  [
    'both defaults in turn',
    '[profile default]\na=1\n[default]\nb=2\n[profile default]\nc=3',
    { default: { a: '1', c: '3' } },
  ],
  ['a section given twice', '[profile a]\nx=1\n[profile a]\ny=2', { a: { x: '1', y: '2' } }],
  ['a key given twice', '[profile a]\nx=1\nx=2', { a: { x: '2' } }],
  [
    'a key given twice in a section given twice',
    '[profile a]\nx=1\n[profile a]\nx=2',
    { a: { x: '2' } },
  ],
  ['a prototype as a name', '[profile __proto__]\na=1', { ['__proto__']: { a: '1' } }],
  [
    'inherited names as names',
    '[profile constructor]\na=1\n[profile toString]',
    { constructor: { a: '1' }, toString: {} },
  ],
  ['a header without its end', '[profile foo', '1:13 "]"'],
  ['words after a header', '[profile foo] junk', '1:19 "]"'],
  ['a comment sign within the brackets', '[profile a#b]', '1:11 "]"'],
  ['a header without its end further down', '[profile a]\nx=1\n\n[profile b\ny=2', '4:11 "]"'],
  // Comments
  ['comments on lines of their own', '# c\n; c\n[profile a]\n#x = 1\n;y = 2', { a: {} }],
  ['a comment after a header', '[profile a] # c', { a: {} }],
  ['a comment right after a header', '[profile a]; c\n[profile b]# c', { a: {}, b: {} }],
  ['a bracket in the comment after a header', '[profile a] # see [b]', { a: {} }],
  ['a comment after a value', '[profile a]\nx = v # c\ny = v ; c', { a: { x: 'v', y: 'v' } }],
  ['a tab before a comment', '[profile a]\nx = v\t# c', { a: { x: 'v' } }],
  ['a comment sign within a value', '[profile a]\nx = v#w\ny = v;w', { a: { x: 'v#w', y: 'v;w' } }],
  ['a comment in a comment', '[profile a]\nx = v # c ; d', { a: { x: 'v' } }],
  ['an empty comment', '[profile a];\nx = v ;', { a: { x: 'v' } }],
  ['a comment for a value', '[profile a]\nx = # c', { a: { x: '' } }],
  ['a value that starts with a comment sign', '[profile a]\nx =#c', { a: { x: '#c' } }],
  ['an indented comment before any property', '[profile a]\n  # c\nx = 1', { a: { x: '1' } }],
  ['a comment that hides the equals sign', '[profile a]\nx # = 1', '2:1 "="'],
  // Properties
  ['a property', '[profile a]\nx = 1', { a: { x: '1' } }],
  ['no blanks around the equals sign', '[profile a]\nx=1', { a: { x: '1' } }],
  ['blanks and tabs around the equals sign', '[profile a]\nx \t=  \t1 \t', { a: { x: '1' } }],
  ['an empty value', '[profile a]\nx =', { a: { x: '' } }],
  ['an equals sign in a value', '[profile a]\nx = a=b=', { a: { x: 'a=b=' } }],
  ['quotes around a value', '[profile a]\nx = "1"', { a: { x: '"1"' } }],
  ['brackets in a value', '[profile a]\nx = [1]', { a: { x: '[1]' } }],
  [
    'letters beyond ASCII in a value',
    '[profile a]\nx = \ud83d\ude02 \u00e9',
    { a: { x: '\ud83d\ude02 \u00e9' } },
  ],
  ['a no-break space at the end of a value', '[profile a]\nx = 1\u00a0', { a: { x: '1\u00a0' } }],
  ['capitals in a key', '[profile a]\nROLE_Arn = X', { a: { role_arn: 'X' } }],
  ['a capital beyond ASCII in a key', '[profile a]\n\u0130x = 1', { a: {} }],
  ['every character of a key', '[profile a]\naZ09_-/.%@:+ = 1', { a: { 'az09_-/.%@:+': '1' } }],
  ['a blank within a key', '[profile a]\nin valid = 1\nx = 2', { a: { x: '2' } }],
  [
    'inherited names as keys',
    '[profile a]\n__proto__ = 1\nconstructor = 2',
    { a: { ['__proto__']: '1', constructor: '2' } },
  ],
  ['a colon for the equals sign', '[profile a]\nx: 1', { a: { x: '1' } }],
  ['a colon with blanks', '[profile a]\nx : 1', { a: { x: '1' } }],
  [
    'a colon before a value with colons',
    '[profile a]\nrole_arn: arn:aws:iam::1:role/x',
    { a: { role_arn: 'arn:aws:iam::1:role/x' } },
  ],
  ['a colon before a value with an equals sign', '[profile a]\nx: v=', { a: { x: 'v=' } }],
  ['a colon within a key', '[profile a]\nx:y = 1', { a: { 'x:y': '1' } }],
  [
    'properties of a section that is left out',
    '[in valid]\nx = 1\n[profile a]\ny = 2',
    { a: { y: '2' } },
  ],
  ['a property before any section', 'x = 1', '1:1 header'],
  ['a property before any section, after comments', '# c\n\nx = 1\n[profile a]', '3:1 header'],
  ['no equals sign', '[profile a]\nx', '2:1 "="'],
  ['no equals sign in a section that is left out', '[foo]\nx', '2:1 "="'],
  ['a blank and a colon but no name', '[profile a]\nin valid: 1', '2:1 "="'],
  ['no key', '[profile a]\n= 1', '2:1 name'],
  ['a comment sign for a key', '[profile a]\n[profile b]\n \n=', '4:1 name'],
  // Continuations
  ['a second line', '[profile a]\nx = 1\n 2', { a: { x: '1\n2' } }],
  ['a third line, trimmed', '[profile a]\nx = 1\n \t 2 \t \n\t3', { a: { x: '1\n2\n3' } }],
  ['a comment in a second line', '[profile a]\nx = 1\n 2 # c\n ; d', { a: { x: '1\n2 # c\n; d' } }],
  ['a blank line before a second line', '[profile a]\nx = 1\n\n \n 2', { a: { x: '1\n2' } }],
  ['a comment before a second line', '[profile a]\nx = 1\n# c\n 2', { a: { x: '1\n2' } }],
  ['an indented header', '[profile a]\nx = 1\n [profile b]', { a: { x: '1\n[profile b]' } }],
  ['an indented property', '[profile a]\nx = 1\n y = 2', { a: { x: '1\ny = 2' } }],
  ['a second line of a key given twice', '[profile a]\nx = 1\nx = 2\n 3', { a: { x: '2\n3' } }],
  [
    'a second line of a key that is left out',
    '[profile a]\nx = 1\nin valid = 2\n 3',
    { a: { x: '1' } },
  ],
  ['a second line before any section', ' x', '1:2 header'],
  ['a second line before any property', '[profile a]\n\tx = 1', '2:2 continue'],
  ['a second line after a new header', '[profile a]\nx = 1\n[profile a]\n 2', '4:2 continue'],
  ['an indented comment before any section', '  # c\n[profile a]', { a: {} }],
  // Sub-properties
  [
    'a block under an empty value',
    '[profile a]\ns3 =\n x = 1\n y = 2',
    { a: { s3: '\nx = 1\ny = 2' } },
  ],
  ['a block under a comment', '[profile a]\ns3 = # c\n x = 1', { a: { s3: '\nx = 1' } }],
  ['an empty value in a block', '[profile a]\ns3 =\n x =', { a: { s3: '\nx =' } }],
  [
    'a blank within a key of a block',
    '[profile a]\ns3 =\n in valid = 1',
    { a: { s3: '\nin valid = 1' } },
  ],
  [
    'a blank line in a block',
    '[profile a]\ns3 =\n x = 1\n\t \n y = 2',
    { a: { s3: '\nx = 1\ny = 2' } },
  ],
  ['a comment in a block', '[profile a]\ns3 =\n  # c\n  x = 1', { a: { s3: '\nx = 1' } }],
  ['a comment alone under an empty value', '[profile a]\nx =\n  # c', { a: { x: '' } }],
  ['no equals sign in a block', '[profile a]\ns3 =\n x', '3:2 "="'],
  ['no equals sign further down a block', '[profile a]\ns3 =\n x = 1\n y', '4:2 "="'],
  ['a colon in a block', '[profile a]\ns3 =\n   x: 1', '3:4 "="'],
  ['no key in a block', '[profile a]\ns3 =\n = 1', '3:2 name'],
  // Bytes
  ['CRLF', '[profile a]\r\nx = 1\r\n 2\r\n', { a: { x: '1\n2' } }],
  ['lone carriage returns', '[profile a]\rx = 1\ry = 2', { a: { x: '1', y: '2' } }],
  [
    'line ends of all kinds',
    '[profile a]\r\nx = 1\ry = 2\n\rz = 3',
    { a: { x: '1', y: '2', z: '3' } },
  ],
  ['a byte order mark', '\ufeff[profile a]\nx = 1', { a: { x: '1' } }],
  ['a byte order mark in the middle', '[profile a]\n\ufeffx = 1', { a: {} }],
  ['NUL in a value', '[profile a]\nx = 1\u00002', { a: { x: '1\u00002' } }],
  ['a line separator in a value', '[profile a]\nx = 1\u20282', { a: { x: '1\u20282' } }],
  ['a form feed at the start of a line', '[profile a]\n\fx = 1', { a: {} }],
];

const CREDENTIALS: Row[] = [
  ['a bare name', '[foo]\na = 1', { foo: { a: '1' } }],
  ['blanks around a bare name', '[ \tfoo ]\na = 1', { foo: { a: '1' } }],
  ['the default profile', '[default]\na = 1', { default: { a: '1' } }],
  ['a name with the type before it', '[profile foo]\na = 1\n[b]', { b: {} }],
  ['[profile default]', '[profile default]\na = 1', {}],
  ['a blank within a bare name', '[in valid]\na = 1', {}],
  ['a session', '[sso-session x]\na = 1', {}],
  ['DEFAULT in capitals', '[DEFAULT]\na = 1', { DEFAULT: { a: '1' } }],
  ['every character of a bare name', '[aZ09_-/.%@:+]', { 'aZ09_-/.%@:+': {} }],
  ['a bare name given twice', '[a]\nx=1\n[a]\ny=2', { a: { x: '1', y: '2' } }],
  ['a header without its end', '[default\nk=v', '1:9 "]"'],
];

const FILE = '/home/user/.aws/config';

describe.each([
  ['config', CONFIG],
  ['credentials', CREDENTIALS],
] as const)('the %s file', (kind, rows) => {
  it.each(rows)('reads %s', (_, text, expected) => {
    if (typeof expected !== 'string') {
      expect(plain(parseAwsFile(text, FILE, kind).profiles)).toEqual(expected);
      return;
    }
    const [place, word = ''] = expected.split(' ');
    const { message } = thrownBy(() => parseAwsFile(text, FILE, kind));
    expect(message).toContain(`${FILE}:${place ?? ''}: `);
    expect(message).toContain(word);
  });
});

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
    const text = '\n[profile a]\nx = 1\ns3 =\n\n   Key = v # c\n[profile a]\ny = 2';
    const section = parseAwsFile(text, FILE, 'config').profiles.get('a');
    expect(section).toMatchObject({ name: 'a', file: FILE, line: 2, column: 1 });
    expect(section?.values.get('x')).toMatchObject({ file: FILE, line: 3, column: 1 });
    expect(section?.values.get('x')?.subproperties).toBeNull();
    expect(section?.values.get('y')).toMatchObject({ line: 8 });
    expect(section?.values.get('s3')?.subproperties?.get('key')).toEqual({
      value: 'v',
      file: FILE,
      line: 6,
      column: 4,
      subproperties: null,
    });
  });

  it.each([
    [
      'a bare name',
      'config',
      '\n[foo]',
      2,
      '[foo] is not read: in the config file a header is [profile NAME]',
    ],
    [
      'the type',
      'credentials',
      '[profile foo]',
      1,
      '[profile foo] is not read: in the credentials file a header is [NAME], without "profile"',
    ],
    [
      'a wrong name',
      'config',
      '[profile a\u202eb]',
      1,
      '[profile a\\u{202e}b] is not read: a name is made of',
    ],
    ['a wrong key', 'config', '[profile a]\nin valid = 1', 2, 'the property is not read'],
    [
      'a section given twice',
      'config',
      '[profile a]\n[profile a]',
      2,
      '[profile a] stands in line 1 already: the AWS CLI',
    ],
    [
      'a key given twice',
      'config',
      '[profile a]\nx=1\nx=2',
      3,
      'the property stands in line 2 already',
    ],
    ['a colon', 'config', '[profile a]\nx: 1', 2, 'the SDKs want "="'],
    ['a byte order mark', 'config', '\ufeff[profile a]', 1, 'byte order mark'],
    ['both defaults', 'config', '[default]\n[profile default]', 1, '[default] is not read'],
  ] as const)('comes with a warning for %s', (_, kind, text, line, message) => {
    const { warnings } = parseAwsFile(text, FILE, kind);
    expect(warnings).toEqual([
      { file: FILE, line, message: expect.stringContaining(message) as string },
    ]);
  });

  it.each([
    ['a plain file', '[default]\nx = 1\n[profile a]\ns3 =\n  y = 1\n# c\n'],
    ['a section of a tool', '[plugins x]\na = 1'],
  ])('comes without a warning for %s', (_, text) => {
    expect(parseAwsFile(text, FILE, 'config').warnings).toEqual([]);
  });

  it('comes with a hundred warnings at most', () => {
    expect(parseAwsFile('[a]\n'.repeat(1000), FILE, 'config').warnings).toHaveLength(100);
  });
});

describe('a malformed line', () => {
  it.each([
    ['[profile a]\nsecret', 'config'],
    ['secret = 1', 'config'],
    ['[profile a]\n  secret = 1', 'config'],
    ['[profile a]\n= secret', 'config'],
    ['[profile a]\nx =\n  secret', 'config'],
    ['[secret', 'credentials'],
    ['[a] secret', 'credentials'],
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

function plain(profiles: ReadonlyMap<string, AwsSection>): Table {
  return Object.fromEntries(
    [...profiles].map(([name, section]) => [
      name,
      Object.fromEntries([...section.values].map(([key, { value }]) => [key, value])),
    ]),
  );
}
