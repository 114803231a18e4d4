import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import { Secret, type Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { nearestNames } from '../nearest.js';
import { namesCredentials } from '../target/profile-source.js';
import { visible } from '../visible.js';

/** What the AWS CLI would take its credentials from in a shell. */
export type ShellSource =
  | { readonly kind: 'environment'; readonly credentials: Credentials }
  /** `variable` is what chose the profile; `null` for `[default]`, which nothing has to choose. */
  | { readonly kind: 'profile'; readonly profile: AwsSection; readonly variable: string | null };

/**
 * Looks where the AWS CLI looks, in its order: keys in the environment, the chosen profile,
 * `[default]`.
 *
 * @returns `null` where the AWS CLI would find nothing.
 * @throws AssumeError CONFIG_INVALID for a profile that is not there, and where its credentials
 * would come from a source that this program does not read.
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-authentication.html
 */
export function findShellSource(config: Config, env: Environment): ShellSource | null {
  const credentials = environmentCredentials(env);
  if (credentials) return { kind: 'environment', credentials };
  const { profiles } = config.aws;
  // In the order of the AWS CLI's second version; the first has it the other way round.
  const variable = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].find((name) => env[name]);
  if (variable !== undefined) {
    const name = env[variable] ?? '';
    const profile = profiles.get(name);
    if (!profile) throw noProfile(profiles.keys(), name, variable);
    return { kind: 'profile', profile, variable };
  }
  const profile = profiles.get('default');
  if (profile && namesCredentials(profile)) return { kind: 'profile', profile, variable: null };
  const other = OTHER_SOURCES.find((name) => env[name]);
  if (other !== undefined) throw cannotRead(other);
  return null;
}

function environmentCredentials(env: Environment): Credentials | null {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = env;
  if (!id || !secret) return null;
  const token = [env['AWS_SESSION_TOKEN'], env['AWS_SECURITY_TOKEN']].find(Boolean);
  return {
    accessKeyId: id,
    secretAccessKey: new Secret(secret),
    sessionToken: token ? new Secret(token) : null,
    expiration: null,
  };
}

/** By these AWS's tools fetch credentials from places that this program does not read. */
const OTHER_SOURCES = [
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

function cannotRead(variable: string): AssumeError {
  return new AssumeError(
    'CONFIG_INVALID',
    `AWS's tools take this shell's credentials from ${variable}, which assume does not read`,
    { hint: 'ask them: aws sts get-caller-identity' },
  );
}

function noProfile(profiles: Iterable<string>, name: string, variable: string): AssumeError {
  const near = nearestNames(name, profiles).map(visible).join(', ');
  return new AssumeError(
    'CONFIG_INVALID',
    `there is no profile ${visible(name)}, which ${variable} names`,
    {
      hint: near ? `nearest: ${near}` : `see all: assume list; to be rid of it: unset ${variable}`,
    },
  );
}
