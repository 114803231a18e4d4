import { explainRoleArn } from '../arn/role-arn.js';
import type { AwsSection } from '../config/aws-file.js';
import type { AwsFiles } from '../config/aws-files.js';
import type { Environment } from '../host/host.js';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { specOfCredentialSource } from './credential-source.js';
import type { IdentitySpec, LoginSpec, WebIdentitySpec } from './identity-spec.js';
import { ssoOf } from './profile-sso.js';
import {
  checkedValue,
  durationValue,
  formatPlace,
  hasAny,
  profileValue,
  requiredValue,
  type Place,
} from './profile-value.js';
import { hasStaticKeys } from './static-keys.js';
import { fromFile, type Origin } from './target.js';
import { explainArn, explainRegion } from './value-forms.js';

/** A kind of credentials that a profile can hold: the keys that tell it, and how it is read. */
interface ProfileSource {
  readonly keys: readonly string[];
  read(profile: AwsSection, aws: AwsFiles, env: Environment): IdentitySpec | null;
}

/**
 * In the order of the AWS CLI, where a profile has several; `credential_source` without a role, which
 * it passes over and other SDKs take, comes last.
 */
const PROFILE_SOURCES: readonly ProfileSource[] = [
  { keys: ['web_identity_token_file'], read: webIdentityOf },
  { keys: ['sso_account_id', 'sso_role_name'], read: ssoOf },
  {
    keys: ['aws_access_key_id', 'aws_secret_access_key'],
    read: (profile) => (hasStaticKeys(profile) ? { kind: 'profile', profile: profile.name } : null),
  },
  { keys: ['login_session'], read: loginOf },
  {
    keys: ['credential_process'],
    read: (profile) => ({
      kind: 'process',
      command: profileValue(profile, 'credential_process')?.value ?? '',
    }),
  },
  { keys: ['credential_source'], read: (profile, _, env) => specOfCredentialSource(profile, env) },
];

/**
 * What the profile's own credentials are, its role aside.
 *
 * @returns `null` when it has none of any kind.
 * @throws AssumeError CONFIG_INVALID with file and line where they are half there, or no such thing.
 */
export function specOfProfile(
  profile: AwsSection,
  aws: AwsFiles,
  env: Environment,
): IdentitySpec | null {
  return sourceIn(profile)?.read(profile, aws, env) ?? null;
}

/** Where the profile says what its own credentials are. */
export function originOfSource(profile: AwsSection): Origin {
  const key = sourceIn(profile)?.keys.find((name) => hasAny(profile, [name])) ?? 'profile';
  return fromFile(key, profileValue(profile, key) ?? profile);
}

/** Tells whether the profile names credentials of any kind. */
export function namesCredentials(profile: AwsSection): boolean {
  return hasAny(profile, ['role_arn']) || sourceIn(profile) !== undefined;
}

/** @returns An error for a profile that names no credentials of any kind. */
export function noCredentials(profile: AwsSection): AssumeError {
  const shown = visible(profile.name);
  const key = ['sso_session', 'sso_start_url'].find((name) => hasAny(profile, [name]));
  const swallowed = findSwallowed(profile);
  if (swallowed) {
    const { key: lost, within, place } = swallowed;
    return new AssumeError(
      'CONFIG_INVALID',
      `profile ${shown} (${formatPlace(profile)}) holds neither keys nor a role: its ${lost} is indented, and so a part of ${within} (${formatPlace(place)})`,
      { hint: `put ${lost} in the first column` },
    );
  }
  if (key === undefined) {
    return new AssumeError(
      'CONFIG_INVALID',
      `profile ${shown} (${formatPlace(profile)}) holds neither keys nor a role`,
      { hint: 'add aws_access_key_id and aws_secret_access_key, or role_arn and source_profile' },
    );
  }
  const place = formatPlace(profileValue(profile, key) ?? profile);
  return new AssumeError(
    'CONFIG_INVALID',
    `profile ${shown} has ${key} (${place}), but neither sso_account_id nor sso_role_name`,
    { hint: 'add both: the account to sign in to, and the role in it' },
  );
}

/** A key of credentials in an indented line, which belongs to the value of the key above it. */
function findSwallowed(
  profile: AwsSection,
): { readonly key: string; readonly within: string; readonly place: Place } | null {
  const wanted = ['role_arn', ...PROFILE_SOURCES.flatMap(({ keys }) => keys)];
  for (const [within, value] of profile.values) {
    const lines = value.value.split('\n').slice(1);
    const names = lines.map((line) => line.split('=')[0]?.trim().toLowerCase());
    const key = wanted.find((name) => names.includes(name));
    if (key !== undefined) return { key, within, place: value.subproperties?.get(key) ?? value };
  }
  return null;
}

function sourceIn(profile: AwsSection): ProfileSource | undefined {
  return PROFILE_SOURCES.find(({ keys }) => hasAny(profile, keys));
}

function webIdentityOf(profile: AwsSection): WebIdentitySpec {
  return {
    kind: 'web-identity',
    roleArn: requiredValue(profile, 'role_arn', 'web_identity_token_file', explainRoleArn),
    tokenFile: requiredValue(profile, 'web_identity_token_file', 'role_arn'),
    sessionName: profileValue(profile, 'role_session_name')?.value ?? null,
    durationSeconds: durationValue(profile)?.value ?? null,
  };
}

function loginOf(profile: AwsSection): LoginSpec {
  return {
    kind: 'login',
    session: checkedValue(profile, 'login_session', explainArn)?.value ?? '',
    region: checkedValue(profile, 'region', explainRegion)?.value ?? null,
  };
}
