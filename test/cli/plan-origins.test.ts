import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  isSettingKey,
  mayHold,
  SCHEMA,
  SECTION_KINDS,
  type SectionKind,
  type SettingKey,
} from '../../src/config/assume-schema.js';
import { startPractice, type Practice } from '../support/practice.js';

const INI = '.config/assume/assume.ini';
const SERIAL = 'arn:aws:iam::111111111111:mfa/jane.doe';

/** Otherwise each field is edited in the first configuration that tells a line for it. */
const IS_FULL = Boolean(process.env['ASSUME_TEST_FULL']);

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice();
});

afterAll(() => practice.close());

interface Sample {
  /** The field of the plan that the key decides; `null` where the plan has none for it. */
  readonly field: string | null;
  readonly value: string;
  readonly other: string;
}

const POLICY = '{"Version":"2012-10-17","Statement":[]}';
const outside = (value: string): Sample => ({ field: null, value, other: value });

/** Each key of assume.ini: a new one without a row does not compile. */
const KEYS: Readonly<Record<SettingKey, Sample>> = {
  region: { field: 'region', value: 'eu-west-1', other: 'cn-north-1' },
  duration: { field: 'hops.0.durationSeconds', value: '50m', other: '30m' },
  session_name: { field: 'hops.0.sessionName', value: 'jane', other: 'j.doe' },
  source_identity: { field: 'hops.0.sourceIdentity', value: 'jane', other: 'j.doe' },
  session_tags: { field: 'hops.0.tags', value: 'team=ops', other: 'team=dev' },
  transitive_tags: { field: 'hops.0.transitiveTagKeys', value: 'team', other: 'unit' },
  policy: { field: 'hops.0.policy', value: POLICY, other: POLICY.replace('[]', '{}') },
  policy_arns: {
    field: 'hops.0.policyArns',
    value: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    other: 'arn:aws:iam::aws:policy/SecurityAudit',
  },
  mfa: { field: 'signer', value: 'required', other: 'never' },
  mfa_max_age: { field: 'mfa.maxAgeSeconds', value: '1h', other: '30m' },
  mfa_serial: { field: 'mfa.serial', value: SERIAL, other: `${SERIAL}2` },
  external_id: { field: 'hops.0.externalId', value: 'acme-1', other: 'acme-2' },
  color: outside('red'),
  tags: outside('env=prod'),
  protected: { field: 'protected', value: 'yes', other: 'no' },
  reason: { field: 'reasonDemanded', value: 'yes', other: 'no' },
  cache: { field: 'cache', value: 'no', other: 'yes' },
  partition: { field: 'partition', value: 'aws-cn', other: 'aws-us-gov' },
  identity: { field: 'identity.name', value: 'one', other: 'two' },
  account_id: { field: 'accountId', value: '111111111111', other: '222222222222' },
  user_name: { field: 'hops.0.sessionName', value: 'jane', other: 'john' },
  credentials: { field: 'identity.source', value: 'profile:base', other: 'profile:other' },
  id: { field: 'accountId', value: '444444444444', other: '333333333333' },
  customer: outside('acme'),
  roles: outside('admin'),
  role_name: { field: 'hops.0.roleArn', value: '/ops/Admin', other: '/ops/Boss' },
  alias: outside('boss'),
  sts_region: { field: 'stsRegion', value: 'eu-central-1', other: 'eu-north-1' },
  session_duration: { field: 'session.durationSeconds', value: '8h', other: '6h' },
  mfa_command: { field: 'mfa.command', value: 'echo 123456', other: 'printf 123456' },
  endpoint_url: { field: 'endpoint', value: 'http://127.0.0.1:1', other: 'http://127.0.0.1:2' },
  long_roles: outside('never'),
  prompt_variable: outside('no'),
  share_aws_cli_cache: outside('yes'),
  store: outside('auto'),
  remember_passphrase: outside('no'),
};

/** What lines of AWS's files are changed to. */
const AWS_KEYS: Readonly<Record<string, string>> = {
  role_arn: 'arn:aws-cn:iam::333333333333:role/other',
  source_profile: 'other',
  mfa_serial: `${SERIAL}3`,
  external_id: 'acme-9',
  role_session_name: 'somebody',
  duration_seconds: '900',
  region: 'eu-south-1',
  use_fips_endpoint: 'false',
  use_dualstack_endpoint: 'false',
  sts_regional_endpoints: 'regional',
  aws_access_key_id: 'AKIAI44QH8DHBEXAMPLE',
  session_tags: 'team=dev',
  transitive_session_tags: 'unit',
  source_identity: 'somebody',
  mfa_process: 'ykman oath',
};

interface PlanJson {
  readonly [field: string]: unknown;
  readonly origins: Readonly<
    Record<string, { kind: string; name: string; file: string | null; line: number | null }>
  >;
}

interface Config {
  readonly what: string;
  readonly target: string;
  readonly files: Readonly<Record<string, string>>;
}

const BASE = `[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[other]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY
`;

const PROFILES: readonly Config[] = [
  {
    what: 'a profile of AWS with every key',
    target: 'prod',
    files: {
      '.aws/config': `[profile base]
region = eu-central-1
[profile prod]
role_arn = arn:aws:iam::444444444444:role/prod-role
source_profile = base
mfa_serial = ${SERIAL}
external_id = acme-1
role_session_name = jane
duration_seconds = 3000
region = eu-west-1
use_fips_endpoint = true
use_dualstack_endpoint = true
sts_regional_endpoints = legacy
`,
    },
  },
  {
    what: "aws-vault's keys, of the profile and of those that it includes",
    target: 'prod',
    files: {
      '.aws/config': `[profile base]
mfa_process = pass otp aws
[profile tagged]
session_tags = team=ops,unit=1
transitive_session_tags = team
[profile common]
include_profile = tagged
mfa_serial = ${SERIAL}
source_profile = base
region = eu-west-1
[profile prod]
include_profile = common
role_arn = arn:aws:iam::444444444444:role/prod-role
source_identity = jane
`,
    },
  },
  {
    what: 'a chain of two roles, its serial at the base, read by an identity',
    target: 'far',
    files: {
      '.aws/config': `[profile base]
region = eu-central-1
mfa_serial = ${SERIAL}
use_fips_endpoint = true
[profile near]
role_arn = arn:aws:iam::222222222222:role/near
source_profile = base
external_id = near-1
duration_seconds = 1800
[profile far]
role_arn = arn:aws:iam::444444444444:role/far
source_profile = near
external_id = far-1
role_session_name = jane
`,
      [INI]: `[settings]
session_tags = team=ops
source_identity = jane
[identity shared]
credentials = profile:base
user_name = jane
session_duration = 8h
`,
    },
  },
  {
    what: 'a profile that holds keys',
    target: 'base',
    files: { '.aws/config': '[profile base]\nregion = eu-central-1\n' },
  },
];

/** Every key that the kind of section may hold, in it alone; those that exclude each other apart. */
function catalogueOf(kind: SectionKind, keys: readonly SettingKey[]): Config {
  const settings = (of: SectionKind): string =>
    kind !== of
      ? ''
      : keys
          .filter((key) => mayHold(kind, key))
          .map((key) => `${key} = ${quoted(KEYS[key].value)}\n`)
          .join('');
  const fixed = (of: SectionKind, lines: string): string =>
    lines
      .split('\n')
      .filter((line) => kind !== of || !keys.some((key) => line.startsWith(`${key} =`)))
      .map((line) => (line === '' ? '' : `${line}\n`))
      .join('');
  return {
    what: `[${kind}] that says ${keys.length > 1 ? 'all it may' : (keys[0] ?? 'nothing')}`,
    target: kind === 'identity' && keys.includes('account_id') ? 'base' : 'acme/prod/admin',
    files: {
      '.aws/config': '',
      [INI]: [
        `[settings]\n${settings('settings')}`,
        `[identity one]\n${fixed('identity', 'credentials = profile:base')}${settings('identity')}`,
        // A second one would make the choice of the first ambiguous where nothing chooses.
        keys.includes('identity') && mayHold(kind, 'identity')
          ? '[identity two]\ncredentials = profile:other\n'
          : '',
        `[customer acme]\n${settings('customer')}`,
        `[role admin]\n${settings('role')}`,
        `[account prod]\n${fixed('account', 'id = 444444444444\ncustomer = acme\nroles = admin')}${settings('account')}`,
        `[target acme/prod/admin]\n${settings('target')}`,
      ].join('\n'),
    },
  };
}

const APART: readonly SettingKey[] = ['partition', 'user_name', 'account_id', 'mfa', 'mfa_max_age'];
const TOGETHER = Object.keys(KEYS)
  .filter(isSettingKey)
  .filter((key) => !APART.includes(key));

const LAYERS: readonly Config[] = SECTION_KINDS.flatMap((kind) => [
  catalogueOf(kind, TOGETHER),
  ...APART.filter((key) => mayHold(kind, key)).map((key) => catalogueOf(kind, [key])),
]);

describe('every origin that plan prints leads to the line that decides', () => {
  const seen = new Set<string>();

  test.each([...PROFILES, ...LAYERS])('$what', async (config) => {
    await expectEditable(config, seen);
  });

  test('for each field that can come from a file', () => {
    const fields = Object.values(KEYS).flatMap(({ field }) => field ?? []);
    expect(fields.filter((field) => !seen.has(field))).toEqual([]);
    const ofProfiles = [
      ...['identity.accessKeyId', 'hops.1.roleArn', 'hops.1.externalId'],
      ...['useFipsEndpoint', 'useDualstackEndpoint', 'stsRegionalEndpoints'],
    ];
    expect(ofProfiles.filter((field) => !seen.has(field))).toEqual([]);
  });

  test.each(
    SECTION_KINDS.flatMap((kind) =>
      Object.keys(SCHEMA)
        .filter(isSettingKey)
        .filter((key) => mayHold(kind, key) && KEYS[key].field !== null)
        .map((key) => ({ kind, key })),
    ).filter((_, index) => IS_FULL || index % 6 === 0),
  )('$key of [$kind] is told with its line', async ({ kind, key }) => {
    const config = catalogueOf(kind, [key]);
    place(config);
    const { origins } = await plan(config);
    const { field } = KEYS[key];
    const line = config.files[INI]?.split('\n').findIndex((text) => text.startsWith(`${key} = `));
    expect(origins[field ?? '']).toMatchObject({
      file: `${practice.home.path}/${INI}`,
      line: (line ?? 0) + 1,
    });
  });
});

async function expectEditable(config: Config, seen: Set<string>): Promise<void> {
  place(config);
  const before = await plan(config);
  const failed: string[] = [];
  for (const [field, { kind, name, file, line }] of Object.entries(before.origins)) {
    expect(name).not.toMatch(/[a-z][A-Z]/);
    if (file === null || line === null) {
      expect(kind).not.toBe('file');
      continue;
    }
    expect(lineAt(file, line)).toMatch(new RegExp(`^(${name} =|\\[)`));
    if (!IS_FULL && seen.has(field)) continue;
    seen.add(field);
    const whole = readFileSync(file, 'utf8');
    let isChanged = false;
    for (const text of changesOf(whole, line, field)) {
      writeFileSync(file, text);
      const after = await tryPlan(config);
      writeFileSync(file, whole);
      isChanged ||=
        after !== null &&
        JSON.stringify(valueOf(after, field)) !== JSON.stringify(valueOf(before, field));
      if (isChanged) break;
    }
    if (!isChanged) failed.push(`${field} at ${file}:${String(line)}`);
  }
  expect(failed).toEqual([]);
  expect(practice.received()).toEqual([]);
}

const lineAt = (file: string, line: number): string =>
  readFileSync(file, 'utf8').split('\n')[line - 1] ?? '';

/** The file with that line otherwise, or without it where its being there is what decides. */
function changesOf(whole: string, line: number, field: string): string[] {
  const lines = whole.split('\n');
  const at = lines[line - 1] ?? '';
  if (at.startsWith('[')) return [lines.with(line - 1, at.replace(']', '2]')).join('\n')];
  const [, key = ''] = /^(\w+) =/.exec(at) ?? [];
  const isOurs = whole.includes('[settings]');
  const other = isOurs && isSettingKey(key) ? KEYS[key].other : AWS_KEYS[key];
  const edited =
    other === undefined ? [] : [lines.with(line - 1, `${key} = ${quoted(other)}`).join('\n')];
  return field === 'signer' ? [lines.toSpliced(line - 1, 1).join('\n'), ...edited] : edited;
}

/** What stands at that path of the JSON. */
function valueOf(plan: PlanJson, field: string): unknown {
  return field
    .split('.')
    .reduce<unknown>((value, word) => (value as Record<string, unknown>)[word], plan);
}

function place({ files }: Config): void {
  const all = { '.aws/credentials': BASE, '.aws/config': '', [INI]: '', ...files };
  for (const [path, text] of Object.entries(all)) practice.write(path, text);
}

async function plan(config: Config): Promise<PlanJson> {
  const ended = await runPlan(config);
  expect(ended).toMatchObject({ status: 0 });
  return JSON.parse(ended.stdout) as PlanJson;
}

async function tryPlan(config: Config): Promise<PlanJson | null> {
  const { status, stdout } = await runPlan(config);
  return status === 0 ? (JSON.parse(stdout) as PlanJson) : null;
}

function runPlan({ target }: Config) {
  return practice.run(['plan', target, '--json'], { env: { ASSUME_ENDPOINT_URL: undefined } });
}

function quoted(value: string): string {
  return value.startsWith('{') ? `'${value}'` : value;
}
