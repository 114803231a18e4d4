import { describe, expect, it } from 'vitest';
import type { Options } from '../../src/argv.js';
import type { Target } from '../../src/target/target.js';
import { ASSUME_INI, AWS_CONFIG, KEYS, type UserFiles } from '../support/configured-host.js';
import { targetOf } from '../support/target-of.js';
import { rejectionOf } from '../support/thrown-by.js';

type Pick = (target: Target) => unknown;

const LAYERS = ['target t/r', 'account t', 'customer c', 'role r', 'identity i', 'settings'];

/** Every section says it, each in its own words. */
function everySection(lineOf: (index: number) => string, from: number): string {
  const wanted: Record<string, string> = {
    'account t': 'id = 111122223333\ncustomer = c\nroles = r\n',
    'identity i': 'credentials = profile:base\n',
  };
  return LAYERS.map((section, index) => {
    const line = index >= from ? `${lineOf(index)}\n` : '';
    return `[${section}]\n${wanted[section] ?? ''}${line}`;
  }).join('');
}

const BASE: UserFiles = { credentials: `[base]\n${KEYS}` };
const last = (target: Target) => target.hops.at(-1);

/** Key, its value in each layer, the flag, and what is read of the target. */
const NEAREST: [key: string, values: string[], flag: Options, read: Pick][] = [
  [
    'region',
    [1, 2, 3, 4, 5, 6].map((n) => `eu-west-${String(n)}`),
    { region: 'us-east-1' },
    (t) => t.region?.value,
  ],
  [
    'session_name',
    ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'],
    { 'session-name': 'flag' },
    (t) => last(t)?.sessionName?.value,
  ],
  [
    'source_identity',
    ['s1', 's2', 's3', 's4', 's5', 's6'],
    { 'source-identity': 'flag' },
    (t) => last(t)?.sourceIdentity?.value,
  ],
  [
    'external_id',
    ['e1', 'e2', 'e3', 'e4', 'e5', 'e6'],
    { 'external-id': 'flag' },
    (t) => last(t)?.externalId?.value,
  ],
  [
    'session_tags',
    ['k=1', 'k=2', 'k=3', 'k=4', 'k=5', 'k=6'],
    { 'session-tag': ['k=f'] },
    (t) => `k=${last(t)?.tags?.value['k'] ?? ''}`,
  ],
  [
    'transitive_tags',
    ['a', 'b', 'c', 'd', 'e', 'f'],
    { 'transitive-tag': ['flag'] },
    (t) => last(t)?.transitiveTagKeys?.value.join(),
  ],
  [
    'policy',
    [1, 2, 3, 4, 5, 6].map((n) => `{"a":${String(n)}}`),
    { policy: '{"a":0}' },
    (t) => last(t)?.policy?.value,
  ],
  [
    'policy_arns',
    [1, 2, 3, 4, 5, 6].map((n) => `arn:aws:iam::aws:policy/P${String(n)}`),
    { 'policy-arn': ['arn:aws:iam::aws:policy/F'] },
    (t) => last(t)?.policyArns?.value.join(),
  ],
  ['mfa', ['required', 'never', 'auto', 'required', 'never', 'auto'], {}, (t) => t.mfa?.value],
  [
    'mfa_serial',
    [1, 2, 3, 4, 5, 6].map((n) => `GAHT0000000${String(n)}`),
    { 'mfa-serial': 'GAHT99999999' },
    (t) => t.mfaSerial?.value,
  ],
  ['color', ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'], {}, (t) => t.color],
  ['tags', ['k=1', 'k=2', 'k=3', 'k=4', 'k=5', 'k=6'], {}, (t) => `k=${t.tags['k'] ?? ''}`],
];

describe('the nearest section decides', () => {
  it.each(
    NEAREST.flatMap(([key, values, , read]) =>
      LAYERS.map((section, from) => [key, section, from, values, read] as const),
    ),
  )('%s of [%s]', async (key, _, from, values, read) => {
    const assume = everySection((index) => `${key} = ${values[index] ?? ''}`, from);
    expect(read(await targetOf({ ...BASE, assume }, 't/r'))).toBe(values[from]);
  });

  it.each(NEAREST.filter(([, , flag]) => Object.keys(flag).length > 0))(
    '%s, before which the flag goes',
    async (key, values, flag, read) => {
      const assume = everySection((index) => `${key} = ${values[index] ?? ''}`, 0);
      const [given] = Object.values(flag) as (string | string[])[];
      const shown = Array.isArray(given) ? given.join() : given;
      expect(read(await targetOf({ ...BASE, assume }, 't/r', flag))).toBe(shown);
    },
  );

  it.each([
    ['long_roles', 'never', (t: Target) => t.longRoles],
    ['sts_region', 'eu-west-3', (t: Target) => t.stsRegion],
    ['endpoint_url', 'https://x.example', (t: Target) => t.endpoint],
    ['session_duration', '2h', (t: Target) => t.identity.sessionDurationSeconds],
    ['mfa_command', 'oathtool', (t: Target) => t.identity.mfaCommand],
  ])('%s of [settings], with its place', async (key, value, read) => {
    const assume = `[account t]\nid = 111122223333\nroles = r\n[settings]\n${key} = ${value}\n`;
    const given = read(await targetOf({ ...BASE, assume }, 't/r'));
    expect(given?.value).toBe(key === 'session_duration' ? 7200 : value);
    expect(given?.origin).toMatchObject({ kind: 'file', file: ASSUME_INI, line: 5 });
  });
});

describe('safeguards take the strictest', () => {
  const orders = LAYERS.map((section, at) => [section, at] as const);

  it.each(orders)('protected, reason and cache of [%s] hold', async (_, at) => {
    const assume = everySection(
      (index) => (index === at ? 'protected = yes\ncache = no' : 'protected = no\ncache = yes'),
      0,
    );
    const target = await targetOf({ ...BASE, assume }, 't/r');
    expect(target.isProtected.value).toBe(true);
    expect(target.isCached.value).toBe(false);
  });

  it.each(orders)('the least mfa_max_age, of [%s], holds', async (_, at) => {
    const assume = everySection((index) => `mfa_max_age = ${index === at ? '10m' : '1h'}`, 0);
    expect((await targetOf({ ...BASE, assume }, 't/r')).mfaMaxAgeSeconds?.value).toBe(600);
  });

  it.each(orders.slice(0, 4))('duration of [%s] caps the flag and the others', async (_, at) => {
    const assume = everySection((index) => `duration = ${index === at ? '20m' : '2h'}`, 0);
    expect(last(await targetOf({ ...BASE, assume }, 't/r'))?.durationSeconds?.value).toBe(1200);
    const target = await targetOf({ ...BASE, assume }, 't/r', { duration: '1h' });
    expect(last(target)?.durationSeconds?.value).toBe(1200);
    expect(target.remarks.join()).toContain('--duration 1h is capped to 20m by');
    const less = await targetOf({ ...BASE, assume }, 't/r', { duration: '15m' });
    expect(last(less)?.durationSeconds?.value).toBe(900);
    expect(less.remarks).toEqual([]);
  });

  it.each(orders.slice(4))('duration of [%s] is only where nothing else is said', async (_, at) => {
    const assume = everySection(() => 'duration = 30m', at);
    expect(last(await targetOf({ ...BASE, assume }, 't/r'))?.durationSeconds?.value).toBe(1800);
    const target = await targetOf({ ...BASE, assume }, 't/r', { duration: '2h' });
    expect(last(target)?.durationSeconds?.value).toBe(7200);
  });

  it('--no-cache is a wish like any other', async () => {
    const assume = everySection(() => 'cache = yes', 0);
    const target = await targetOf({ ...BASE, assume }, 't/r', { 'no-cache': true });
    expect(target.isCached).toMatchObject({ value: false, origin: { kind: 'flag' } });
  });
});

const ROLE = (name: string, source: string, rest = ''): string =>
  `[profile ${name}]\nrole_arn = arn:aws:iam::111122223333:role/${name}\nsource_profile = ${source}\n${rest}`;

describe('the account of a catalogue target', () => {
  it.each([
    ['', 'id', 2],
    ['[role r]\nrole_name = /x/Boss\n', 'role_name', 5],
  ])('comes from its id, the role from there or role_name: "%s"', async (rest, _, roleLine) => {
    const assume = `[account t]\nid = 111122223333\nroles = r\n${rest}`;
    const target = await targetOf({ ...BASE, assume }, 't/r');
    expect(target.accountId).toMatchObject({
      value: '111122223333',
      origin: { file: ASSUME_INI, line: 2 },
    });
    expect(last(target)?.roleArn.origin).toMatchObject({ file: ASSUME_INI, line: roleLine });
  });
});

const A_ROLE = 'role_arn = arn:aws:iam::111122223333:role/p\nsource_profile = base\n';

describe('a profile', () => {
  it('gives its own values, each with its line', async () => {
    const config = ROLE(
      'p',
      'base',
      'external_id = e1\nduration_seconds = 1800\nrole_session_name = n1\nregion = eu-west-1\nmfa_serial = GAHT12345678\n',
    );
    const target = await targetOf({ ...BASE, config }, 'p');
    const at = (line: number) => ({ file: AWS_CONFIG, line });
    expect(last(target)).toMatchObject({
      roleArn: { origin: at(2) },
      externalId: { value: 'e1', origin: at(4) },
      durationSeconds: { value: 1800, origin: at(5) },
      sessionName: { value: 'n1', origin: at(6) },
    });
    expect(target.region).toMatchObject({ value: 'eu-west-1', origin: at(7) });
    expect(target.mfaSerial).toMatchObject({ value: 'GAHT12345678', origin: at(8) });
    expect(target).toMatchObject({
      kind: 'profile',
      roleName: 'p',
      accountId: { value: '111122223333' },
    });
  });

  it('each on the way has its own, and inherits none', async () => {
    const config = `${ROLE('a', 'base', 'external_id = ea\nrole_session_name = na\nduration_seconds = 900\n')}${ROLE('b', 'a', 'external_id = eb\n')}`;
    const { hops } = await targetOf({ ...BASE, config }, 'b');
    expect(
      hops.map((hop) => [
        hop.externalId?.value,
        hop.sessionName?.value,
        hop.durationSeconds?.value,
      ]),
    ).toEqual([
      ['ea', 'na', 900],
      ['eb', undefined, undefined],
    ]);
  });

  it("takes a flag's session name and source identity at every hop, all else at the last", async () => {
    const config = `${ROLE('a', 'base', 'role_session_name = na\n')}${ROLE('b', 'a')}`;
    const flags: Options = {
      'session-name': 'f',
      'source-identity': 'si',
      'external-id': 'ex',
      duration: '20m',
      'session-tag': ['k=v'],
      'read-only': true,
    };
    const { hops } = await targetOf({ ...BASE, config }, 'b', flags);
    expect(hops.map((hop) => [hop.sessionName?.value, hop.sourceIdentity?.value])).toEqual([
      ['f', 'si'],
      ['f', 'si'],
    ]);
    expect(hops[0]).toMatchObject({
      externalId: null,
      durationSeconds: null,
      tags: null,
      policyArns: null,
    });
    expect(hops[1]).toMatchObject({
      externalId: { value: 'ex' },
      durationSeconds: { value: 1200 },
    });
  });

  it("gives what aws-vault's keys say, each with its line", async () => {
    const config = ROLE(
      'p',
      'base',
      'session_tags = team = ops ,cost=a=b,empty=\ntransitive_session_tags = team,, cost ,\nsource_identity = jane\nmfa_process = pass otp aws\n',
    );
    const target = await targetOf({ ...BASE, config }, 'p');
    const at = (line: number) => ({ file: AWS_CONFIG, line });
    expect(last(target)).toMatchObject({
      tags: { value: { team: 'ops', cost: 'a=b', empty: '' }, origin: at(4) },
      transitiveTagKeys: { value: ['team', 'cost'], origin: at(5) },
      sourceIdentity: { value: 'jane', origin: at(6) },
    });
    expect(target.identity.mfaCommand).toMatchObject({ value: 'pass otp aws', origin: at(7) });
  });

  it('gives what it includes, with the line where it stands', async () => {
    const config = `[profile common]\nsession_tags = a=1\nduration_seconds = 45m\nexternal_id = e\n${ROLE('p', 'base', 'include_profile = common\nexternal_id = own\n')}`;
    expect(last(await targetOf({ ...BASE, config }, 'p'))).toMatchObject({
      tags: { value: { a: '1' }, origin: { file: AWS_CONFIG, line: 2 } },
      durationSeconds: { value: 2700, origin: { file: AWS_CONFIG, line: 3 } },
      externalId: { value: 'own', origin: { file: AWS_CONFIG, line: 9 } },
    });
  });

  it('each on the way has its own tags and source identity, before those of assume.ini', async () => {
    const assume =
      '[settings]\nsession_tags = k=s\ntransitive_tags = k\nsource_identity = settings\n';
    const config = `${ROLE('a', 'base', 'session_tags = k=a\nsource_identity = jane\n')}${ROLE('b', 'a', 'session_tags = k=b\ntransitive_session_tags = t\n')}`;
    const { hops } = await targetOf({ ...BASE, assume, config }, 'b');
    const said = hops.map(({ tags, transitiveTagKeys, sourceIdentity }) => [
      tags?.value,
      transitiveTagKeys?.value,
      sourceIdentity?.value,
    ]);
    expect(said).toEqual([
      [{ k: 'a' }, undefined, 'jane'],
      [{ k: 'b' }, ['t'], 'settings'],
    ]);
    const flags: Options = {
      'session-tag': ['k=f'],
      'transitive-tag': ['k'],
      'source-identity': 'flag',
    };
    const flagged = await targetOf({ ...BASE, assume, config }, 'b', flags);
    expect(flagged.hops.map((hop) => hop.sourceIdentity?.value)).toEqual(['flag', 'flag']);
    expect(flagged.hops.map((hop) => hop.tags?.value['k'])).toEqual(['a', 'f']);
    expect(last(flagged)?.transitiveTagKeys?.value).toEqual(['k']);
  });

  it('each on the way may have a region, and only the last is where its programs work', async () => {
    const config = `${ROLE('a', 'b', 'region = eu-west-2\n')}${ROLE('p', 'a', 'region = eu-west-3\n')}[profile b]\n${KEYS}region = eu-west-1\n`;
    const target = await targetOf({ config }, 'p');
    expect([target.stsRegion.value, target.region?.value]).toEqual(['eu-west-1', 'eu-west-3']);
  });

  it.each([
    ['the role', ROLE('p', 'b', 'mfa_process = role\n'), '', '', 'role'],
    ['its base', ROLE('p', 'b'), 'mfa_process = base\n', '', 'base'],
    [
      'the role before its base',
      ROLE('p', 'b', 'mfa_process = role\n'),
      'mfa_process = base\n',
      '',
      'role',
    ],
    [
      'its base before assume.ini',
      ROLE('p', 'b'),
      'mfa_process = base\n',
      '[settings]\nmfa_command = settings\n',
      'base',
    ],
    ['assume.ini', ROLE('p', 'b'), '', '[settings]\nmfa_command = settings\n', 'settings'],
  ])('asks for a code the command of %s', async (_, roles, base, assume, command) => {
    const config = `${roles}[profile b]\n${KEYS}${base}`;
    const { identity } = await targetOf({ config, assume }, 'p');
    expect(identity.mfaCommand?.value).toBe(command);
  });

  it.each([
    ['the role', ROLE('p', 'b', 'mfa_serial = GAHT00000001\n'), '', 'GAHT00000001'],
    ['its base', ROLE('p', 'b'), 'mfa_serial = GAHT00000002\n', 'GAHT00000002'],
    [
      'the role before its base',
      ROLE('p', 'b', 'mfa_serial = GAHT00000001\n'),
      'mfa_serial = GAHT00000002\n',
      'GAHT00000001',
    ],
    [
      'a role on the way',
      `${ROLE('m', 'b', 'mfa_serial = GAHT00000003\n')}${ROLE('p', 'm')}`,
      '',
      'GAHT00000003',
    ],
  ])('is served by the serial of %s', async (_, roles, base, serial) => {
    const config = `${roles}[profile b]\n${KEYS}${base}`;
    expect((await targetOf({ config }, 'p')).mfaSerial?.value).toBe(serial);
  });

  it.each([
    ['role_arn', 'role_arn = nonsense\nsource_profile = base\n', 2],
    [
      'duration_seconds',
      'role_arn = arn:aws:iam::111122223333:role/p\nsource_profile = base\nduration_seconds = 899\n',
      4,
    ],
    [
      'duration_seconds',
      'role_arn = arn:aws:iam::111122223333:role/p\nsource_profile = base\nduration_seconds = forever\n',
      4,
    ],
    [
      'external_id',
      'role_arn = arn:aws:iam::111122223333:role/p\nsource_profile = base\nexternal_id = a b\n',
      4,
    ],
    [
      'mfa_serial',
      'role_arn = arn:aws:iam::111122223333:role/p\nsource_profile = base\nmfa_serial = x\n',
      4,
    ],
    ['session_tags', `${A_ROLE}session_tags = team\n`, 4],
    ['session_tags', `${A_ROLE}session_tags = a=1,\n`, 4],
    ['session_tags', `${A_ROLE}session_tags = a=1,A=2\n`, 4],
    ['transitive_session_tags', `${A_ROLE}transitive_session_tags = a;b\n`, 4],
    ['source_identity', `${A_ROLE}source_identity = aws:jane\n`, 4],
    ['source_identity', `${A_ROLE}source_identity = j\n`, 4],
    ['duration_seconds', `${A_ROLE}duration_seconds = 12h1m\n`, 4],
  ])('with a bad %s is refused at its line', async (key, text, line) => {
    const error = await rejectionOf(targetOf({ ...BASE, config: `[profile p]\n${text}` }, 'p'));
    expect(error.code).toBe('CONFIG_INVALID');
    const place = [AWS_CONFIG, line, `${key} = `.length + 1].join(':');
    expect(error.message).toContain(`${place}: ${key} of profile p`);
    expect(error.hint).toBeTruthy();
  });
});

describe('--read-only', () => {
  it.each([
    ['aws', 'read-only', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    ['aws-cn', 'read-only', 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess'],
    ['aws-us-gov', 'view-only', 'arn:aws-us-gov:iam::aws:policy/job-function/ViewOnlyAccess'],
  ])('in %s: %s', async (partition, flag, arn) => {
    const config = `[profile p]\nrole_arn = arn:${partition}:iam::111122223333:role/p\nsource_profile = base\n`;
    const target = await targetOf({ ...BASE, config }, 'p', {
      [flag]: true,
      'policy-arn': ['arn:aws:iam::aws:policy/X'],
    });
    expect(last(target)?.policyArns?.value).toEqual(['arn:aws:iam::aws:policy/X', arn]);
  });
});

describe('regions', () => {
  const TARGET = '[account t]\nid = 111122223333\nroles = r\n';
  const all = `[settings]\nregion = eu-west-6\n[identity i]\ncredentials = profile:base\nregion = eu-west-5\n`;

  it.each<[string, UserFiles, string, Readonly<Record<string, string>>, string | undefined]>([
    ['the account', { assume: `${TARGET}region = eu-west-1\n${all}` }, 't/r', {}, 'eu-west-1'],
    [
      'the identity',
      { assume: `${TARGET}${all}` },
      't/r',
      { AWS_REGION: 'us-east-1' },
      'eu-west-5',
    ],
    [
      'AWS_REGION',
      { assume: TARGET },
      't/r',
      { AWS_REGION: 'us-west-1', AWS_DEFAULT_REGION: 'us-west-2' },
      'us-west-1',
    ],
    [
      'AWS_DEFAULT_REGION',
      { assume: TARGET },
      't/r',
      { AWS_DEFAULT_REGION: 'us-west-2' },
      'us-west-2',
    ],
    ['nothing', { assume: TARGET }, 't/r', {}, undefined],
    [
      "the user's own from before the target",
      { assume: TARGET },
      't/r',
      { ASSUME_TARGET: 'x', AWS_REGION: 'us-west-1', ASSUME_BEFORE_AWS_REGION: 'us-west-2' },
      'us-west-2',
    ],
    [
      "not the last target's",
      { assume: TARGET },
      't/r',
      { ASSUME_TARGET: 'x', AWS_REGION: 'us-west-1' },
      undefined,
    ],
    [
      'the profile',
      { config: ROLE('p', 'base', 'region = eu-north-1\n') },
      'p',
      { AWS_REGION: 'us-west-1' },
      'eu-north-1',
    ],
    [
      "not its source's",
      { config: `${ROLE('p', 'b')}[profile b]\n${KEYS}region = eu-north-1\n` },
      'p',
      {},
      undefined,
    ],
    [
      'the profile that holds the keys',
      { config: `[profile p]\n${KEYS}region = eu-north-1\n` },
      'p',
      {},
      'eu-north-1',
    ],
    [
      "the target's before that of a role the identity starts with",
      {
        assume: `${TARGET}region = eu-west-1\n[identity i]\ncredentials = profile:m\n`,
        config: ROLE('m', 'base', 'region = us-east-2\n'),
      },
      't/r',
      {},
      'eu-west-1',
    ],
  ])('the target is used in that of %s', async (_, texts, name, env, region) => {
    const target = await targetOf({ ...BASE, ...texts }, name, {}, { env });
    expect(target.region?.value).toBe(region);
  });

  it.each<[string, UserFiles, string, Readonly<Record<string, string>>, string]>([
    [
      'sts_region',
      {
        assume: `${TARGET}[settings]\nsts_region = eu-south-1\n`,
        credentials: `[base]\n${KEYS}region = eu-west-2\n`,
      },
      't/r',
      { AWS_REGION: 'us-west-1' },
      'eu-south-1',
    ],
    [
      "the base profile's region",
      { assume: TARGET, credentials: `[base]\n${KEYS}region = eu-west-2\n` },
      't/r',
      { AWS_REGION: 'us-west-1' },
      'eu-west-2',
    ],
    [
      "the identity's region",
      { assume: `${TARGET}[identity i]\ncredentials = profile:base\nregion = eu-west-3\n` },
      't/r',
      { AWS_REGION: 'us-west-1' },
      'eu-west-3',
    ],
    ['AWS_REGION', { assume: TARGET }, 't/r', { AWS_REGION: 'us-west-1' }, 'us-west-1'],
    ["never the target's", { assume: `${TARGET}region = me-south-1\n` }, 't/r', {}, 'us-east-1'],
    [
      "never the role profile's",
      { config: ROLE('p', 'base', 'region = me-south-1\n') },
      'p',
      {},
      'us-east-1',
    ],
    [
      "China's default",
      { config: ROLE('p', 'base').replace('arn:aws:', 'arn:aws-cn:') },
      'p',
      { AWS_REGION: 'us-west-1' },
      'cn-northwest-1',
    ],
    [
      "China's own",
      { config: ROLE('p', 'base').replace('arn:aws:', 'arn:aws-cn:') },
      'p',
      { AWS_REGION: 'cn-north-1' },
      'cn-north-1',
    ],
    [
      "GovCloud's default, past a public sts_region",
      {
        config: ROLE('p', 'base').replace('arn:aws:', 'arn:aws-us-gov:'),
        assume: '[settings]\nsts_region = eu-west-1\n',
      },
      'p',
      {},
      'us-gov-west-1',
    ],
    [
      "the European cloud's",
      { config: ROLE('p', 'base').replace('arn:aws:', 'arn:aws-eusc:') },
      'p',
      {},
      'eusc-de-east-1',
    ],
    [
      "ISO's",
      { config: ROLE('p', 'base').replace('arn:aws:', 'arn:aws-iso:') },
      'p',
      {},
      'us-iso-east-1',
    ],
    [
      "ISOB's",
      { config: ROLE('p', 'base').replace('arn:aws:', 'arn:aws-iso-b:') },
      'p',
      {},
      'us-isob-east-1',
    ],
    [
      "ISOE's",
      { config: ROLE('p', 'base').replace('arn:aws:', 'arn:aws-iso-e:') },
      'p',
      {},
      'eu-isoe-west-1',
    ],
    [
      "ISOF's",
      { config: ROLE('p', 'base').replace('arn:aws:', 'arn:aws-iso-f:') },
      'p',
      {},
      'us-isof-south-1',
    ],
  ])('STS is called in %s', async (_, texts, name, env, region) => {
    const target = await targetOf({ ...BASE, ...texts }, name, {}, { env });
    expect(target.stsRegion.value).toBe(region);
  });
});

it('holds a profile to the safeguards that the catalogue gives its role, and to nothing else', async () => {
  const config =
    '[profile p]\nrole_arn = arn:aws:iam::444444444444:role/r\nsource_profile = base\nduration_seconds = 3600\n';
  const assume =
    '[role r]\nprotected = yes\nmfa_max_age = 5m\ncache = no\nduration = 15m\nregion = eu-west-1\n' +
    '[account a]\nid = 444444444444\nreason = yes\n';
  const target = await targetOf({ ...BASE, config: `${BASE.config ?? ''}${config}`, assume }, 'p');
  expect({
    isProtected: target.isProtected.value,
    demandsReason: target.demandsReason.value,
    mfaMaxAgeSeconds: target.mfaMaxAgeSeconds?.value,
    isCached: target.isCached.value,
    durationSeconds: target.hops[0]?.durationSeconds?.value,
    region: target.region,
  }).toEqual({
    isProtected: true,
    demandsReason: true,
    mfaMaxAgeSeconds: 300,
    isCached: false,
    durationSeconds: 900,
    region: null,
  });
});
