import { credentials } from './credentials-setting.js';
import { ACCOUNT_ID, EXTERNAL_ID, IAM_NAME, REGION, SOURCE_IDENTITY } from '../arn/forms.js';
import * as read from './setting-values.js';

/** What a section of assume's own file is about. `settings` has no name; the others have one. */
export const SECTION_KINDS = [
  'settings',
  'identity',
  'customer',
  'account',
  'role',
  'target',
] as const;

export type SectionKind = (typeof SECTION_KINDS)[number];

/** A key of assume's own file. */
export interface Setting<T = unknown> {
  readonly parse: read.ValueParser<T>;
  /** The sections that may hold it. */
  readonly sections: readonly SectionKind[];
  /** One line for the documentation. */
  readonly description: string;
}

const EVERY: readonly SectionKind[] = SECTION_KINDS;
const EVERY_BUT_IDENTITY = EVERY.filter((kind) => kind !== 'identity');
const STARTING: readonly SectionKind[] = ['settings', 'identity'];
const GENERAL: readonly SectionKind[] = ['settings'];

/** Stricter than what may be: a place's name in its stead is told at once. */
const region = read.matching({ ...REGION, pattern: /^[a-z]{2,8}(-[a-z0-9]{1,16}){0,3}-\d{1,3}$/ });
const sourceIdentity = read.matching(SOURCE_IDENTITY);
const externalId = read.matching(EXTERNAL_ID);
const colors = read.oneOf('red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white');
const accountId = read.matching(ACCOUNT_ID);

/**
 * Every key, in the order of the documentation: what any section may say and the nearest decides,
 * what belongs to one kind, what holds for the whole program. Limits are those of STS.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const SCHEMA = {
  region: row(EVERY, region, 'region that the target is used in'),
  duration: row(
    EVERY,
    read.durationBetween(900, 43_200),
    'how long role credentials last; a cap that nothing loosens',
  ),
  session_name: row(
    EVERY,
    read.text,
    'name of the session in CloudTrail; {user} stands for your user name',
  ),
  source_identity: row(EVERY, sourceIdentity, 'source identity that every hop sets'),
  session_tags: row(EVERY, read.tags, 'session tags, k=v separated by commas'),
  transitive_tags: row(EVERY, read.tagKeys, 'keys of the session tags that later hops keep'),
  policy: row(EVERY, read.policy, 'session policy: JSON, or the path of a file that holds it'),
  policy_arns: row(EVERY, read.policyArns, 'ARNs of managed session policies, ten at most'),
  mfa: row(
    EVERY,
    read.oneOf('required', 'never', 'auto'),
    'whether an MFA session is used: required, never, or auto when a device is known',
  ),
  mfa_max_age: row(
    EVERY,
    read.durationBetween(1, Infinity),
    'how old the MFA code may be; an older session asks a fresh one',
  ),
  mfa_serial: row(
    EVERY,
    read.mfaSerial,
    'MFA device: its ARN, or the serial number of a hardware one',
  ),
  external_id: row(EVERY, externalId, "external ID that the role's trust policy demands"),
  color: row(EVERY, colors, 'colour of the target in prompts and lists'),
  tags: row(
    EVERY,
    read.tags,
    'labels that lists and the picker filter by, k=v separated by commas',
  ),
  protected: row(EVERY, read.yesOrNo, 'marks the target, and keeps it from silent renewal'),
  reason: row(EVERY, read.yesOrNo, 'whether every use needs a reason; in this version only shown'),
  cache: row(EVERY, read.yesOrNo, 'whether role credentials may be cached'),
  partition: row(EVERY, read.partition, 'partition of AWS, where no region or ARN tells it'),
  identity: row(EVERY_BUT_IDENTITY, read.name, 'the [identity] section to start from'),
  account_id: row(['identity'], accountId, 'account that the identity belongs to; checked'),
  user_name: row(
    ['identity'],
    read.matching({ ...IAM_NAME, wanted: 'an IAM user name' }),
    'user name of the identity',
  ),
  credentials: row(
    ['identity'],
    credentials,
    'where its credentials come from; by default keychain, the encrypted store',
  ),
  id: row(['account'], accountId, 'account ID, twelve digits'),
  customer: row(['account'], read.name, 'the [customer] section that the account belongs to'),
  roles: row(['account'], read.names, 'roles of the account, separated by commas'),
  role_name: row(
    ['role', 'target'],
    read.roleName,
    "the role's IAM path and name, where they differ from the section's",
  ),
  alias: row(['target'], read.name, 'another name of the target'),
  sts_region: row(STARTING, region, 'region in which STS is called'),
  session_duration: row(
    STARTING,
    read.durationBetween(900, 129_600),
    'how long an MFA session lasts',
  ),
  mfa_command: row(STARTING, read.text, 'command that prints an MFA code'),
  endpoint_url: row(STARTING, read.httpUrl, 'URL that every AWS call goes to instead of AWS'),
  long_roles: row(
    GENERAL,
    read.oneOf('allow', 'never'),
    'whether a code may be asked for role credentials of more than an hour',
  ),
  prompt_variable: row(GENERAL, read.yesOrNo, 'whether AWSUME_PROFILE is set for prompt themes'),
  share_aws_cli_cache: row(
    GENERAL,
    read.yesOrNo,
    "whether a profile's role is also put, in clear, into the AWS CLI's own cache",
  ),
  store: row(
    GENERAL,
    read.oneOf('auto', 'keychain', 'passphrase', 'pass', 'plain'),
    'where sessions and keys rest: keychain, passphrase or pass; plain for clear text on disk; auto chooses',
  ),
  remember_passphrase: row(
    GENERAL,
    read.yesOrNo,
    'whether what your passphrase opens stays open for 12 hours, or until logout',
  ),
} as const;

function row<T>(
  sections: readonly SectionKind[],
  parse: read.ValueParser<T>,
  description: string,
): Setting<T> {
  return { sections, parse, description };
}

/** A key as it is written in the file. */
export type SettingKey = keyof typeof SCHEMA;

type CamelCase<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Text;

type ValueOf<Parsed> = Parsed extends { readonly value: infer Value } ? Value : never;

/** Each key in camel case with the type of its value: `mfa_max_age` is `mfaMaxAge`, in seconds. */
export type SettingTypes = {
  readonly [Key in SettingKey as CamelCase<Key>]: ValueOf<
    ReturnType<(typeof SCHEMA)[Key]['parse']>
  >;
};

/** Tells whether the file may hold such a key at all. */
export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SCHEMA, key);
}

/** The keys that a kind of section may hold. */
export function keysOf(kind: SectionKind): SettingKey[] {
  return Object.keys(SCHEMA).filter(
    (key): key is SettingKey => isSettingKey(key) && mayHold(kind, key),
  );
}

/** Tells whether a kind of section may hold the key. */
export function mayHold(kind: SectionKind, key: SettingKey): boolean {
  const { sections }: Setting = SCHEMA[key];
  return sections.includes(kind);
}

/** The key's name in code: `mfa_max_age` is `mfaMaxAge`. */
export function camelCase<Key extends SettingKey>(key: Key): CamelCase<Key> {
  return key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) as CamelCase<Key>;
}
