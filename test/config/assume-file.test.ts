import { describe, expect, it } from 'vitest';
import { readAssumeFile, type AssumeSection } from '../../src/config/assume-file.js';
import { hostWith } from './fake-files.js';
import { thrownBy } from './thrown-by.js';

const MAIN = '/home/jane/.config/assume/assume.ini';
const DROP_INS = '/home/jane/.config/assume/conf.d';

const readText = (text: string) => readAssumeFile(hostWith({ files: { [MAIN]: text } })).sections;

/** The lines of the error, without the columns, and without the path where it is the main file's. */
const problems = (text: string, others: Record<string, string> = {}): string[] =>
  placedProblems(text, others).map((line) => line.replace(/^((?:\/\S+:)?\d+):\d+: /, '$1: '));

/** The same with their columns. */
function placedProblems(text: string, others: Record<string, string> = {}): string[] {
  const host = hostWith({ files: { [MAIN]: text, ...others } });
  const error = thrownBy(() => readAssumeFile(host));
  expect(error.code).toBe('CONFIG_INVALID');
  return error.message
    .split('\n')
    .map((line) => (line.startsWith(`${MAIN}:`) ? line.slice(MAIN.length + 1) : line));
}

const plain = (section: AssumeSection | undefined) =>
  Object.fromEntries(Object.entries(section?.values ?? {}).map(([key, { value }]) => [key, value]));

const EXAMPLE = `[settings]
identity = shared

[identity shared]            ; who I am
account_id = 111111111111
user_name  = jane.doe
credentials = profile:shared ; keychain (default) | profile:NAME | environment | process:CMD | sso:… | …

[customer acme]              ; what its accounts share
external_id = 7f3c-acme
color = red

[role prod-role]             ; what every role of that name shares
duration = 1h
protected = yes

[account production]         ; id, roles, and anything above, nearest wins
id = 444444444444
customer = acme
tags = env=prod, tier=gold
region = eu-west-1
roles = prod-role, readonly
`;

describe('what is wrong with it', () => {
  it.each([
    ['  [nosuch x]', '1:3: there is no kind of section'],
    ['[settings] x', '1:11: only a comment'],
    ['[settings', '1:1: the header does not end'],
    ['  a = b', '1:3: a key stands before'],
    ['[settings]\n  junk', '2:3: expected'],
    ['[settings]\n  regon = x', '2:3: there is no key'],
    ['[settings]\n  id = x', '2:3: id does not belong'],
    ['[settings]\n  color =   orange', '2:13: color must be'],
    ['[settings]\n  color =', '2:3: color has no value'],
    ['[settings]\ncolor = red\n color = red', '3:2: color is given in line 2'],
    ['[settings]\n identity = x', '2:13: there is no [identity x]'],
    [' [account a]', '1:2: [account a] has no id'],
  ])('has its line and column: %j', (text, told) => {
    expect(placedProblems(text)[0]).toContain(told);
  });
});

describe('the file', () => {
  it('says what the example of the specification says, each value with its place', () => {
    const column = expect.any(Number) as number;
    const at = <T>(value: T, line: number) => ({ value, file: MAIN, line, column });
    expect(readText(EXAMPLE)).toEqual([
      {
        kind: 'settings',
        name: '',
        file: MAIN,
        line: 1,
        column: 1,
        values: { identity: at('shared', 2) },
      },
      {
        kind: 'identity',
        name: 'shared',
        file: MAIN,
        line: 4,
        column: 1,
        values: {
          accountId: at('111111111111', 5),
          userName: at('jane.doe', 6),
          credentials: at({ kind: 'profile', profile: 'shared' }, 7),
        },
      },
      {
        kind: 'customer',
        name: 'acme',
        file: MAIN,
        line: 9,
        column: 1,
        values: { externalId: at('7f3c-acme', 10), color: at('red', 11) },
      },
      {
        kind: 'role',
        name: 'prod-role',
        file: MAIN,
        line: 13,
        column: 1,
        values: { duration: at(3600, 14), protected: at(true, 15) },
      },
      {
        kind: 'account',
        name: 'production',
        file: MAIN,
        line: 17,
        column: 1,
        values: {
          id: at('444444444444', 18),
          customer: at('acme', 19),
          tags: at({ env: 'prod', tier: 'gold' }, 20),
          region: at('eu-west-1', 21),
          roles: at(['prod-role', 'readonly'], 22),
        },
      },
    ]);
  });

  it.each([
    ['CRLF', EXAMPLE.replaceAll('\n', '\r\n')],
    ['lone carriage returns', EXAMPLE.replaceAll('\n', '\r')],
    ['a byte order mark', `\ufeff${EXAMPLE}`],
    ['a bracket in a comment after a header', EXAMPLE.replace('; who', '; [x] who')],
  ])('says the same with %s', (_, text) => {
    expect(readText(text)).toEqual(readText(EXAMPLE));
  });

  it('says the same with indented lines', () => {
    const indented = readText(EXAMPLE.replace(/^(?=.)/gm, '\t '));
    expect(indented.map(plain)).toEqual(readText(EXAMPLE).map(plain));
  });

  it('knows where it would be when it is not there, and where nothing can be', () => {
    const nothing = { paths: [], sections: [] };
    expect(readAssumeFile(hostWith({}))).toMatchObject({ ...nothing, mainPath: MAIN });
    expect(readAssumeFile(hostWith({ home: null }))).toMatchObject({
      paths: [],
      mainPath: null,
      sections: [],
    });
  });

  it('is followed by the files of conf.d in name order, hidden ones and others left out', () => {
    const { paths, mainPath, sections } = readAssumeFile(
      hostWith({
        files: {
          [`${DROP_INS}/b.ini`]: '[customer b]',
          [`${DROP_INS}/a.ini`]: '[customer a]',
          [`${DROP_INS}/.c.ini`]: 'not read',
          [`${DROP_INS}/d.ini.bak`]: 'not read',
          [MAIN]: '[customer main]',
        },
      }),
    );
    expect(paths).toEqual([MAIN, `${DROP_INS}/a.ini`, `${DROP_INS}/b.ini`]);
    expect(mainPath).toBe(MAIN);
    expect(sections.map(({ name }) => name)).toEqual(['main', 'a', 'b']);
  });

  it('has its conf.d beside it wherever ASSUME_CONFIG puts it', () => {
    const files = { '/o/conf.d/x.ini': '[customer x]' };
    const { paths, mainPath } = readAssumeFile(
      hostWith({ files, env: { ASSUME_CONFIG: '/o/my.ini' } }),
    );
    expect(mainPath).toBe('/o/my.ini');
    expect(paths).toEqual(['/o/conf.d/x.ini']);
  });

  it('has its conf.d beside it on Windows too', () => {
    const directory = 'C:\\R\\assume';
    const { paths } = readAssumeFile(
      hostWith({
        files: { [`${directory}\\assume.ini`]: '', [`${directory}\\conf.d\\x.ini`]: '' },
        env: { APPDATA: 'C:\\R' },
        platform: 'win32',
      }),
    );
    expect(paths).toEqual([`${directory}\\assume.ini`, `${directory}\\conf.d\\x.ini`]);
  });

  it('refuses a file that is there and cannot be read', () => {
    const host = hostWith({ files: { [`${DROP_INS}/a.ini`]: null } });
    expect(thrownBy(() => readAssumeFile(host)).code).toBe('CONFIG_UNREADABLE');
  });
});

describe('a name', () => {
  it.each([
    ['a.b.c'],
    ['two words'],
    ['caf\u00e9'],
    ['\u6771\u4eac'],
    ['__proto__'],
    ['constructor'],
    ['toString'],
    ['a=b'],
    ['a\\.b'],
    ['key[x'],
    ['settings'],
  ])('may be %s', (name) => {
    const [customer, account, target] = readText(
      `[customer ${name}]\ncolor = red\n[account ${name}/${name}]\nid = 111122223333\nroles = ${name}\n` +
        `[target ${name}/${name}/${name}]\nrole_name = /x/Y`,
    );
    expect(customer).toMatchObject({ kind: 'customer', name, values: { color: { value: 'red' } } });
    expect(account).toMatchObject({
      name,
      values: { customer: { value: name }, roles: { value: [name] } },
    });
    expect(target?.name).toBe(`${name}/${name}/${name}`);
  });

  it('does not become another section by its dots', () => {
    const sections = readText(
      '[customer a]\ncolor = red\n[customer a.b]\ncolor = blue\n[customer a.b.c]',
    );
    expect(sections.map(({ name }) => name)).toEqual(['a', 'a.b', 'a.b.c']);
    expect(sections.map(plain)).toEqual([{ color: 'red' }, { color: 'blue' }, {}]);
  });

  it.each([
    ['[customer]', 'a section of that kind reads [customer NAME]'],
    ['[customer a/b]', 'a section of that kind reads [customer NAME]'],
    ['[settings x]', 'a section of that kind reads [settings]'],
    ['[account a/b/c]', 'a section of that kind reads [account NAME] or [account CUSTOMER/NAME]'],
    [
      '[target a]',
      'a section of that kind reads [target ACCOUNT/ROLE] or [target CUSTOMER/ACCOUNT/ROLE]',
    ],
    ['[account a/]', 'a name in the header is empty'],
    ['[account a /b]', 'a name in the header has a blank at its beginning or end'],
    ['[customer "a"]', 'a name in the header has a quote; names are written without them'],
    [
      '[customer -x]',
      'a name in the header starts with a dash, which the command line takes for a flag',
    ],
    ['[customer a\u202eb]', 'a name in the header has an invisible character; type it anew'],
    ['[customer a\u200bb]', 'a name in the header has an invisible character; type it anew'],
    ['[customer a\u0007]', 'a name in the header has an invisible character; type it anew'],
  ])('is refused in %j', (header, problem) => {
    expect(problems(`\n${header}`)).toEqual([`2: ${problem}`]);
  });
});

describe('an account', () => {
  it('has its customer from its name or from its key, all the same', () => {
    const customer = '[customer acme]\n';
    const [, byName] = readText(`${customer}[account acme/prod]\nid = 111122223333`);
    const [, byKey] = readText(`${customer}[account prod]\ncustomer = acme\nid = 111122223333`);
    const [, byBoth] = readText(
      `${customer}[account acme/prod]\ncustomer = acme\nid = 111122223333`,
    );
    expect(byName).toMatchObject({
      name: 'prod',
      values: { customer: { value: 'acme', line: 2 } },
    });
    expect(byKey?.name).toBe('prod');
    expect([plain(byKey), plain(byBoth)]).toEqual([plain(byName), plain(byName)]);
  });

  it('may share its name with those of other customers', () => {
    const sections = readText(
      '[customer a]\n[customer b]\n[account prod]\nid = 111122223333\n' +
        '[account a/prod]\nid = 111122223333\n[account b/prod]\nid = 111122223333',
    );
    expect(sections).toHaveLength(5);
  });

  it('may have no roles', () => {
    expect(plain(readText('[account a]\nid = 111122223333')[0])).toEqual({ id: '111122223333' });
  });
});

describe('a target', () => {
  const accounts =
    '[customer acme]\n[account acme/prod]\nid = 111122223333\n[account own]\nid = 111122223333\n';

  it('written with the full name of an account is of that account, not of another customer', () => {
    const more = '[account prod]\nid = 111122223333\n';
    expect(readText(`${accounts}${more}[target prod/x]`).at(-1)?.name).toBe('prod/x');
  });

  it.each([
    ['prod/x', 'acme/prod/x'],
    ['acme/prod/x', 'acme/prod/x'],
    ['own/x', 'own/x'],
  ])('written %s is named in full %s', (name, full) => {
    expect(readText(`${accounts}[target ${name}]`).at(-1)?.name).toBe(full);
  });
});

describe('a value', () => {
  it.each([
    ['settings', 'long_roles = never', { longRoles: 'never' }],
    ['settings', 'prompt_variable = no', { promptVariable: false }],
    ['settings', 'store = passphrase', { store: 'passphrase' }],
    ['settings', 'sts_region = eu-central-1', { stsRegion: 'eu-central-1' }],
    ['settings', 'session_duration = 36h', { sessionDuration: 129_600 }],
    ['settings', 'mfa_command = op read "op://x/y" # c', { mfaCommand: 'op read "op://x/y"' }],
    ['settings', 'endpoint_url = http://127.0.0.1:4566', { endpointUrl: 'http://127.0.0.1:4566' }],
    ['identity i', 'credentials = keychain', { credentials: { kind: 'keychain' } }],
    ['identity i', 'credentials = environment', { credentials: { kind: 'environment' } }],
    ['identity i', 'credentials = container', { credentials: { kind: 'container' } }],
    [
      'identity i',
      'credentials = instance-metadata',
      { credentials: { kind: 'instance-metadata' } },
    ],
    [
      'identity i',
      'credentials = "process:/x y; z"',
      { credentials: { kind: 'process', command: '/x y; z' } },
    ],
    [
      'identity i',
      'credentials = sso:corp/111122223333/Admin',
      {
        credentials: {
          kind: 'sso',
          session: 'corp',
          accountId: '111122223333',
          roleName: 'Admin',
        },
      },
    ],
    [
      'identity i',
      'credentials = login:arn:aws:iam::111122223333:user/jane',
      { credentials: { kind: 'login', session: 'arn:aws:iam::111122223333:user/jane' } },
    ],
    [
      'identity i',
      'credentials = web-identity',
      { credentials: { kind: 'web-identity', role: null } },
    ],
    [
      'identity i',
      'credentials = web-identity:arn:aws:iam::111122223333:role/ci /run/the token',
      {
        credentials: {
          kind: 'web-identity',
          role: { roleArn: 'arn:aws:iam::111122223333:role/ci', tokenFile: '/run/the token' },
        },
      },
    ],
    [
      'identity i',
      'credentials = profile:a:b',
      { credentials: { kind: 'profile', profile: 'a:b' } },
    ],
    ['identity i', 'account_id = 000000000001', { accountId: '000000000001' }],
    ['role r', 'role_name = /team/ops/R', { roleName: '/team/ops/R' }],
    ['role r', 'role_name = R', { roleName: 'R' }],
    ['role r', 'region = us-gov-west-1', { region: 'us-gov-west-1' }],
    ['role r', 'region = "eu-west-1"', { region: 'eu-west-1' }],
    ['role r', 'duration = 900', { duration: 900 }],
    ['role r', 'duration = 12h', { duration: 43_200 }],
    ['role r', 'session_name = {user}@x', { sessionName: '{user}@x' }],
    ['role r', 'source_identity = jane', { sourceIdentity: 'jane' }],
    [
      'role r',
      'session_tags = a=1, b = two words ,c=',
      { sessionTags: { a: '1', b: 'two words', c: '' } },
    ],
    ['role r', 'session_tags = __proto__=1', { sessionTags: { ['__proto__']: '1' } }],
    ['role r', 'transitive_tags = a, b', { transitiveTags: ['a', 'b'] }],
    ['role r', 'policy = {"Version": "2012-10-17"}', { policy: '{"Version": "2012-10-17"}' }],
    ['role r', 'policy = ./p.json', { policy: './p.json' }],
    [
      'role r',
      'policy_arns = arn:aws:iam::aws:policy/ReadOnlyAccess',
      { policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
    ],
    ['role r', 'mfa = required', { mfa: 'required' }],
    ['role r', 'mfa_max_age = 1s', { mfaMaxAge: 1 }],
    ['role r', 'mfa_max_age = 999h', { mfaMaxAge: 3_596_400 }],
    [
      'role r',
      'mfa_serial = arn:aws:iam::111122223333:mfa/jane',
      { mfaSerial: 'arn:aws:iam::111122223333:mfa/jane' },
    ],
    ['role r', 'external_id = a:/b@c', { externalId: 'a:/b@c' }],
    ['role r', 'color = magenta', { color: 'magenta' }],
    ['role r', 'reason = yes', { reason: true }],
    ['role r', 'cache = no', { cache: false }],
    ['role r', 'partition = aws-cn', { partition: 'aws-cn' }],
  ])('of [%s] reads %s', (header, line, values) => {
    expect(plain(readText(`[${header}]\n${line}`)[0])).toEqual(values);
  });

  it.each([
    ['settings', 'region =', 'region has no value'],
    ['settings', 'region = ; eu-west-1', 'region has no value'],
    ['settings', 'region = "  "', 'region has no value'],
    ['settings', 'session_name = "a\\nb"', 'session_name has an invisible character in its value'],
    ['settings', 'session_name = a\u202eb', 'session_name has an invisible character in its value'],
    ['settings', 'session_name = "a', 'session_name opens a double quote and does not close it'],
    [
      'settings',
      'session_name = a#b',
      'session_name has a ; or # within it: write the value in double quotes',
    ],
    ['settings', 'region = eu-west1', 'region must be a region such as eu-west-1'],
    [
      'settings',
      'duration = 899',
      'duration must be 15m to 12h (900 to 43200 seconds), written as 45m, 1h30m or 3600',
    ],
    ['settings', 'duration = 43201', 'duration must be 15m to 12h'],
    ['settings', 'duration = 1 hour', 'duration must be 15m to 12h'],
    ['settings', 'session_duration = 37h', 'session_duration must be 15m to 36h'],
    ['settings', 'mfa_max_age = 0', 'mfa_max_age must be at least 1s, written as'],
    ['settings', 'protected = true', 'protected must be yes or no: write yes'],
    ['settings', 'protected = False', 'protected must be yes or no: write no'],
    ['settings', 'protected = maybe', 'protected must be yes or no'],
    ['settings', 'mfa = requird', 'mfa must be required, never or auto; did you mean required?'],
    [
      'settings',
      'color = rde',
      'color must be red, green, yellow, blue, magenta, cyan or white; did you mean red?',
    ],
    [
      'settings',
      'store = plan',
      'store must be auto, keychain, passphrase, pass or plain; did you mean plain?',
    ],
    ['settings', 'source_identity = aws:x', 'source_identity must be 2 to 64 letters'],
    ['settings', 'external_id = x', 'external_id must be 2 to 1224 letters'],
    ['settings', 'session_tags = a', 'session_tags must be k=v pairs, separated by commas'],
    ['settings', 'session_tags = a=1,', 'session_tags must be k=v pairs'],
    ['settings', 'session_tags = a=1, A=2', 'session_tags has a tag key twice'],
    ['settings', 'session_tags = aws:a=1', 'session_tags has a tag key with AWS\'s prefix "aws:"'],
    [
      'settings',
      'session_tags = a=*',
      'session_tags has a tag with characters, or a length, that STS refuses',
    ],
    [
      'settings',
      `session_tags = ${'k'.repeat(129)}=1`,
      'session_tags has a tag with characters, or a length',
    ],
    [
      'settings',
      `session_tags = k=${'v'.repeat(257)}`,
      'session_tags has a tag with characters, or a length',
    ],
    [
      'settings',
      `tags = ${Array.from({ length: 51 }, (_, n) => `k${String(n)}=v`).join()}`,
      'tags has more than the 50 tags that STS takes',
    ],
    ['settings', 'transitive_tags = a, a', 'transitive_tags has an item twice in its list'],
    ['settings', 'transitive_tags = a,,b', 'transitive_tags has nothing as the item 2 of its list'],
    ['settings', 'policy = {oops', 'policy starts with { and is not JSON'],
    [
      'settings',
      'policy_arns = arn:aws:iam::aws:role/x',
      'policy_arns is wrong: the item 1 of its list is no ARN of an IAM policy',
    ],
    ['settings', 'policy_arns = arn:moon:iam::aws:policy/x', 'policy_arns is wrong: the item 1'],
    [
      'settings',
      `policy_arns = ${Array.from({ length: 11 }, (_, n) => `arn:aws:iam::aws:policy/p${String(n)}`).join()}`,
      'policy_arns has more than the 10 ARNs',
    ],
    [
      'settings',
      'mfa_serial = arn:aws:iam::111122223333:u2f/user/jane/x',
      'mfa_serial must be an MFA device: a FIDO device',
    ],
    [
      'settings',
      'mfa_serial = arn:aws:iam::111122223333:user/jane',
      'mfa_serial must be an MFA device: it names the user',
    ],
    ['settings', 'partition = aws-moon', 'partition must be aws, aws-cn'],
    [
      'settings',
      'endpoint_url = ftp://x',
      'endpoint_url must be a URL that starts with https:// or http://',
    ],
    ['settings', 'endpoint_url = localhost', 'endpoint_url must be a URL'],
    ['settings', 'endpoint_url = https://a:b@x', 'endpoint_url must hold no user name or password'],
    ['settings', 'identity = a/b', 'identity names something that has a slash'],
    [
      'identity i',
      'account_id = 1111-2222-3333',
      'account_id must be the twelve digits of an account ID, without hyphens',
    ],
    ['identity i', 'user_name = jane doe', 'user_name must be an IAM user name'],
    [
      'identity i',
      'credentials = proces:x',
      'credentials must be keychain, profile, environment, process, sso, login, web-identity, container or instance-metadata; did you mean process?',
    ],
    ['identity i', 'credentials = profile', 'credentials must be written profile:NAME'],
    ['identity i', 'credentials = profile: ', 'credentials must be written profile:NAME'],
    ['identity i', 'credentials = keychain:x', 'credentials must be written keychain'],
    ['identity i', 'credentials = environment:x', 'credentials must be written environment'],
    ['identity i', 'credentials = container:', 'credentials must be written container'],
    ['identity i', 'credentials = process:', 'credentials must be written process:COMMAND'],
    [
      'identity i',
      'credentials = sso:corp',
      'credentials must be written sso:SESSION/ACCOUNT_ID/ROLE',
    ],
    [
      'identity i',
      'credentials = sso:corp/1111/Admin',
      'credentials must be written sso:SESSION/ACCOUNT_ID/ROLE',
    ],
    ['identity i', 'credentials = login:jane', 'credentials must be written login:ARN'],
    [
      'identity i',
      'credentials = web-identity:ci /run/token',
      'credentials must be written web-identity or web-identity:ROLE_ARN FILE',
    ],
    [
      'identity i',
      'credentials = web-identity:arn:aws:iam::111122223333:role/ci',
      'credentials must be written web-identity or web-identity:ROLE_ARN FILE',
    ],
    ['identity i', 'credentials = constructor', 'credentials must be keychain'],
    ['role r', 'role_name = team ops', 'role_name must be an IAM role name'],
    [
      'identity i',
      'identity = i',
      'identity does not belong into [identity], but into [settings], [customer]',
    ],
    [
      'role r',
      'sts_region = eu-west-1',
      'sts_region does not belong into [role], but into [settings], [identity]',
    ],
    ['role r', 'store = auto', 'store does not belong into [role], but into [settings]'],
    ['role r', 'alias = x', 'alias does not belong into [role], but into [target]'],
    ['customer c', 'externl_id = x', 'there is no key "externl_id"; did you mean external_id?'],
    ['customer c', 'Region = eu-west-1', 'there is no key "Region"; did you mean region?'],
    ['customer c', 'region[] = eu-west-1', 'there is no key "region[]"; did you mean region?'],
    ['customer c', '"region" = eu-west-1', 'there is no key ""region""; did you mean region?'],
    ['customer c', '__proto__ = x', 'there is no key "__proto__"'],
    ['customer c', 'constructor = x', 'there is no key "constructor"'],
    ['customer c', 'toString = x', 'there is no key "toString"'],
    ['customer c', 'a\u202eb = x', 'there is no key "a\\u{202e}b"'],
    [
      'customer c',
      'region',
      'expected "key = value", and there is no "="; a comment starts with ; or #',
    ],
    ['customer c', '= x', 'there is no key before the "="'],
  ])('of [%s] is refused: %s', (header, line, problem) => {
    const [told = '', ...others] = problems(`[${header}]\n\n${line}`);
    expect(told.startsWith(`3: ${problem}`), told).toBe(true);
    expect(others).toEqual([]);
  });

  it('is not shown where it is wrong, nor is a word that is too long for a key', () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    const lines = [
      'account_id',
      'user_name',
      'mfa',
      'region',
      'credentials',
      'duration',
      'partition',
      'mfa_serial',
    ];
    const text = lines.map((key) => `${key} = ${secret}*`).join('\n');
    const told = problems(`[identity i]\n${text}\n${secret} = 1\n${secret}`);
    expect(told).toHaveLength(lines.length + 2);
    expect(told.join('\n')).not.toContain(secret);
  });
});

describe('what is wrong', () => {
  it.each([
    [
      'a key before any section',
      'region = x',
      ['1: a key stands before the first section; put [settings] above it'],
    ],
    ['a header without its end', '[customer a', ['1: the header does not end with "]"']],
    [
      'words after a header',
      '[customer a] b',
      ['1: only a comment (; or #) may follow the "]" of a header'],
    ],
    ['an empty header', '[ ]', ['1: the header is empty']],
    [
      'a kind with a slip',
      '[acount x]\nid = 1',
      ['1: there is no kind of section "acount"; did you mean account?'],
    ],
    [
      'a kind in capitals',
      '[Settings]',
      ['1: there is no kind of section "Settings"; did you mean settings?'],
    ],
    ['an AWS profile', '[profile x]\nx = 1', ['1: there is no kind of section "profile"']],
    [
      'an inherited name as a kind',
      '[__proto__ x]',
      ['1: there is no kind of section "__proto__"'],
    ],
    [
      'a key given twice',
      '[settings]\nregion = eu-west-1\n\nregion = eu-west-2',
      ['4: region is given in line 2 already'],
    ],
    [
      'a section given twice',
      '[customer a]\n[customer a]',
      [`2: [customer a] is given already at ${MAIN}:1`],
    ],
    [
      'the settings given twice',
      '[settings]\n\n[settings]',
      [`3: [settings] is given already at ${MAIN}:1`],
    ],
    [
      'an account given twice',
      '[customer c]\n[account a]\nid = 111122223333\ncustomer = c\n[account c/a]\nid = 111122223333',
      [`5: [account c/a] is given already at ${MAIN}:2`],
    ],
    [
      'a target given twice',
      '[customer c]\n[account c/a]\nid = 111122223333\n[target a/r]\n[target c/a/r]',
      [`5: [target c/a/r] is given already at ${MAIN}:4`],
    ],
    [
      'an account without id',
      '[account a]\nroles = r',
      ['1: [account a] has no id: add id = 111122223333'],
    ],
    [
      'a customer that differs from the header',
      '[customer a]\n[customer b]\n[account a/x]\nid = 111122223333\ncustomer = b',
      ['5: customer differs from the one in the header, a'],
    ],
    [
      'an identity that is not there',
      '[settings]\nidentity = shred\n[identity shared]',
      ['2: there is no [identity shred]; did you mean shared?'],
    ],
    [
      'an identity when there is none',
      '[role r]\nidentity = x',
      ['2: there is no [identity x]; add [identity x]'],
    ],
    [
      'a customer that is not there',
      '[account a]\nid = 111122223333\ncustomer = acm\n[customer acme]',
      ['3: there is no [customer acm]; did you mean acme?'],
    ],
    [
      'a customer of a header that is not there',
      '[account acme/a]\nid = 111122223333',
      ['1: there is no [customer acme]; add [customer acme]'],
    ],
    [
      'an account that is not there',
      '[account production]\nid = 111122223333\n[target prodction/r]',
      ['3: there is no [account prodction]; did you mean production?'],
    ],
    [
      'an account of another customer',
      '[customer a]\n[account a/x]\nid = 111122223333\n[target b/x/r]',
      ['4: there is no [account b/x]; did you mean a/x?'],
    ],
    [
      'a target of several accounts',
      '[customer a]\n[customer b]\n[account b/x]\nid = 111122223333\n[account a/x]\nid = 111122223333\n[target x/r]',
      ['7: several accounts are named x: write [target b/x/r] or [target a/x/r]'],
    ],
    [
      'a role that IAM cannot know',
      '[account a]\nid = 111122223333\nroles = my role',
      ['3: "my role" is no IAM role name: add role_name = NAME to [role my role]'],
    ],
    [
      'a role of a target that IAM cannot know',
      '[account a]\nid = 111122223333\n[target a/my role]',
      ['3: "my role" is no IAM role name: add role_name = NAME to [role my role]'],
    ],
  ] as [string, string, string[]][])('is told of %s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('is told all at once, in the order of the files and lines', () => {
    const told = problems('[settings]\nidentity = x\nregon = y\n\njunk', {
      [`${DROP_INS}/b.ini`]: '[settings]\n[customer c]\ncolor = pink',
      [`${DROP_INS}/a.ini`]: '[account a]',
    });
    expect(told).toEqual([
      '2: there is no [identity x]; add [identity x]',
      '3: there is no key "regon"; did you mean region?',
      '5: expected "key = value", and there is no "="; a comment starts with ; or #',
      `${DROP_INS}/a.ini:1: [account a] has no id: add id = 111122223333`,
      `${DROP_INS}/b.ini:1: [settings] is given already at ${MAIN}:1`,
      `${DROP_INS}/b.ini:3: color must be red, green, yellow, blue, magenta, cyan or white`,
    ]);
  });

  it('is told up to a hundred times', () => {
    const told = problems(`[settings]\n${'junk\n'.repeat(1000)}`);
    expect(told).toHaveLength(101);
    expect(told.at(-1)).toBe('and 900 more problems');
  });

  it('comes with the next thing to do', () => {
    const host = hostWith({ files: { [MAIN]: '[' } });
    expect(thrownBy(() => readAssumeFile(host)).hint).toContain('assume config check');
  });
});
