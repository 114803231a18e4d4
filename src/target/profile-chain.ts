import type { AwsSection, AwsValue } from '../config/aws-file-parser.js';
import { AssumeError } from '../errors.js';
import { nearestNames } from '../nearest.js';
import { visible } from '../visible.js';

type Profiles = ReadonlyMap<string, AwsSection>;

/** Where something stands in a file. */
interface Place {
  readonly file: string;
  readonly line: number;
}

/** A profile's way to its credentials: whose keys begin it, then each role on the way. */
export interface ProfileChain {
  /** Holds static keys. */
  readonly base: AwsSection;
  /** In the order they are assumed; empty when the profile itself holds the keys. */
  readonly hops: readonly AwsSection[];
}

/**
 * Sources of credentials that this version cannot use, in the order in which the SDKs look at them.
 */
const OTHER_SOURCES = [
  'credential_source',
  'web_identity_token_file',
  'sso_session',
  'sso_start_url',
  'sso_account_id',
  'login_session',
  'credential_process',
] as const;

/**
 * Follows `source_profile` from the named profile to static keys, by the rules the SDKs share: the
 * top profile's role counts before its own keys, a source's keys before its role, and a profile may
 * name itself only if it has keys. Nothing is inherited from `[default]`.
 *
 * @param namedBy - Where the name was read; `null` when it was typed.
 * @throws AssumeError CONFIG_INVALID with file and line for a loop, a missing source, partial keys,
 * or a kind of source that is not supported.
 */
export function resolveProfileChain(
  profiles: Profiles,
  name: string,
  namedBy: Place | null = null,
): ProfileChain {
  const hops: AwsSection[] = [];
  let section = requireProfile(profiles, name, namedBy);
  while (isRole(section) && !(hops.length > 0 && hasStaticKeys(section))) {
    if (hops.includes(section)) throw loop([...hops].reverse(), section);
    hops.unshift(section);
    section = sourceOf(profiles, section);
  }
  if (!hasStaticKeys(section)) throw noKeys(section);
  return { base: section, hops };
}

/** The profile's value; `null` when it is absent or empty, which AWS's tools treat alike. */
export function profileValue(section: AwsSection, key: string): AwsValue | null {
  const value = section.values.get(key);
  return value === undefined || value.value === '' ? null : value;
}

export function isRole(section: AwsSection): boolean {
  return profileValue(section, 'role_arn') !== null;
}

/**
 * @throws AssumeError CONFIG_INVALID when one of the two is there without the other.
 */
export function hasStaticKeys(section: AwsSection): boolean {
  const id = profileValue(section, 'aws_access_key_id');
  const secret = profileValue(section, 'aws_secret_access_key');
  if ((id === null) === (secret === null)) return id !== null;
  const [there, missing] = id ? [id, 'aws_secret_access_key'] : [secret, 'aws_access_key_id'];
  throw new AssumeError(
    'CONFIG_INVALID',
    `profile ${visible(section.name)} holds half a key: ${place(there ?? section)} has no ${missing} beside it`,
    { hint: `add ${missing}, or remove the other half` },
  );
}

/** Tells whether the profile names credentials of any kind, even one we cannot use. */
export function namesCredentials(section: AwsSection): boolean {
  const keys = ['role_arn', 'aws_access_key_id', 'aws_secret_access_key', ...OTHER_SOURCES];
  return keys.some((key) => profileValue(section, key) !== null);
}

function sourceOf(profiles: Profiles, section: AwsSection): AwsSection {
  refuseOtherSource(section);
  const source = profileValue(section, 'source_profile');
  if (!source) {
    const role = profileValue(section, 'role_arn') ?? section;
    throw new AssumeError(
      'CONFIG_INVALID',
      `profile ${visible(section.name)} has a role_arn (${place(role)}) but no source_profile to assume it from`,
      { hint: 'add: source_profile = NAME, the profile that holds your keys' },
    );
  }
  if (source.value !== section.name) return requireProfile(profiles, source.value, source);
  if (hasStaticKeys(section)) return section;
  throw loop([section], section);
}

function refuseOtherSource(section: AwsSection): void {
  const key = OTHER_SOURCES.find((other) => profileValue(section, other) !== null);
  const value = key && profileValue(section, key);
  if (!value) return;
  const both = key === 'credential_source' && profileValue(section, 'source_profile');
  if (both) {
    throw new AssumeError(
      'CONFIG_INVALID',
      `profile ${visible(section.name)} has both credential_source (${place(value)}) and source_profile (${place(both)})`,
      { hint: 'keep one of the two' },
    );
  }
  throw new AssumeError(
    'CONFIG_INVALID',
    `profile ${visible(section.name)} takes its credentials from ${key} (${place(value)}), which this version of assume cannot read yet`,
    { hint: 'static keys work: aws_access_key_id and aws_secret_access_key' },
  );
}

function requireProfile(profiles: Profiles, name: string, from: Place | null): AwsSection {
  const section = profiles.get(name);
  if (section) return section;
  const near = nearestNames(name, [...profiles.keys()])
    .map(visible)
    .join(', ');
  throw new AssumeError(
    'CONFIG_INVALID',
    `there is no profile ${visible(name)}${from ? `, which ${place(from)} names` : ''}`,
    { hint: near ? `nearest: ${near}` : 'add it, or name another' },
  );
}

function noKeys(section: AwsSection): AssumeError {
  refuseOtherSource(section);
  return new AssumeError(
    'CONFIG_INVALID',
    `profile ${visible(section.name)} (${place(section)}) holds neither keys nor a role`,
    { hint: 'add aws_access_key_id and aws_secret_access_key, or role_arn and source_profile' },
  );
}

function loop(walked: readonly AwsSection[], again: AwsSection): AssumeError {
  const round = [...walked.slice(walked.indexOf(again)), again];
  const names = round.map((section) => visible(section.name)).join(' → ');
  const places = round
    .slice(0, -1)
    .map((section) => place(profileValue(section, 'source_profile') ?? section))
    .join(', ');
  return new AssumeError(
    'CONFIG_INVALID',
    `source_profile goes in a circle: ${names} (${places})`,
    {
      hint: 'one of them must name a profile that holds keys',
    },
  );
}

function place(where: Place): string {
  return `${where.file}:${String(where.line)}`;
}
