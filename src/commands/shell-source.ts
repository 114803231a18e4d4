import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import { Secret, type Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { nearestNames } from '../nearest.js';
import {
  containerSpec,
  containerVariable,
  webIdentityOfEnvironment,
} from '../target/ambient-specs.js';
import type { IdentitySpec } from '../target/identity-spec.js';
import { startOfSpec, type Start } from '../target/make-start.js';
import { isHop } from '../target/profile-chain.js';
import { namesCredentials } from '../target/profile-source.js';
import { profileValue } from '../target/profile-value.js';
import { noSuchProfile } from '../target/require-profile.js';
import { fromVariable, type Given } from '../target/target.js';
import { visible } from '../visible.js';

/** What the AWS CLI would take its credentials from in a shell. */
export type ShellSource =
  | { readonly kind: 'environment'; readonly credentials: Credentials }
  /** `variable` is what chose the profile; `null` for `[default]`, which nothing has to choose. */
  | { readonly kind: 'profile'; readonly profile: AwsSection; readonly variable: string | null }
  /** What the variable names, in the region of the profile, where there is one. */
  | { readonly kind: 'machine'; readonly start: Start; readonly variable: string };

/**
 * Looks where the AWS CLI looks, in its order: keys in the environment, the role of the profile (the
 * chosen one, else `[default]`), a web identity, the profile's own credentials, a container. The
 * metadata of an instance, which nothing has to name, are not asked.
 *
 * @returns `null` where the AWS CLI would find nothing.
 * @throws AssumeError CONFIG_INVALID for a profile that is not there, IDENTITY_INVALID for half a web
 * identity.
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-authentication.html
 */
export function findShellSource(config: Config, env: Environment): ShellSource | null {
  const credentials = environmentCredentials(env);
  if (credentials) return { kind: 'environment', credentials };
  const variable = PROFILE_VARIABLES.find((name) => env[name]) ?? null;
  const profile = profileOf(config, env, variable);
  const ofProfile = profile && ({ kind: 'profile', profile, variable } as const);
  if (profile && isHop(profile)) return ofProfile;
  // The AWS CLI knows nothing of what a target's shell keeps for us.
  const machine = { ...env, ASSUME_TARGET: undefined };
  const web = webIdentityHere(machine, profile);
  if (web) return startOf(config, env, web, profile);
  if (profile && namesCredentials(profile)) return ofProfile;
  const container = containerVariable(machine);
  if (container === null) return variable === null ? null : ofProfile;
  const source = { value: containerSpec(machine), origin: fromVariable(container) };
  return startOf(config, env, source, profile);
}

/** In the order of the AWS CLI's second version; the first and boto3 have it the other way round. */
const PROFILE_VARIABLES = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'] as const;

/** What to say where both variables choose a profile, and not the same one; `null` elsewhere. */
export function explainRivals(env: Environment): string | null {
  const [taken, left] = PROFILE_VARIABLES;
  const [ours = '', theirs = ''] = [env[taken], env[left]];
  if (ours === '' || theirs === '' || ours === theirs) return null;
  return `${taken} (${ours}) is taken, as the AWS CLI v2 does; the AWS CLI v1 and boto3 take ${left} (${theirs})`;
}

function startOf(
  config: Config,
  env: Environment,
  source: Given<IdentitySpec>,
  profile: AwsSection | null,
): ShellSource {
  const start = { ...startOfSpec(config, env, null, source), base: profile };
  return { kind: 'machine', start, variable: source.origin.name };
}

function profileOf(config: Config, env: Environment, variable: string | null): AwsSection | null {
  const { profiles } = config.aws;
  const name = variable === null ? 'default' : (env[variable] ?? '');
  const profile = profiles.get(name) ?? null;
  if (profile || variable === null) return profile;
  const near = nearestNames(name, profiles.keys()).map(visible).join(', ');
  const hint = near
    ? `nearest: ${near}`
    : `see all: assume list; to be rid of it: unset ${variable}`;
  throw noSuchProfile(config.aws, name, variable, hint);
}

/** Each of its variables goes before the profile's own word. */
const WEB_IDENTITY = {
  AWS_WEB_IDENTITY_TOKEN_FILE: 'web_identity_token_file',
  AWS_ROLE_ARN: 'role_arn',
  AWS_ROLE_SESSION_NAME: 'role_session_name',
} as const;

function webIdentityHere(env: Environment, profile: AwsSection | null): Given<IdentitySpec> | null {
  const variable = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'].find((name) => env[name]);
  if (variable === undefined) return null;
  const told = Object.entries(WEB_IDENTITY).map(([name, key]) => [
    name,
    [env[name], profile && profileValue(profile, key)?.value].find(Boolean),
  ]);
  const spec = webIdentityOfEnvironment(Object.fromEntries(told) as Environment);
  if (spec) return { value: spec, origin: fromVariable(variable) };
  // A role without a token is nothing yet; a token without a role the AWS CLI refuses.
  if (variable === 'AWS_ROLE_ARN') return null;
  throw new AssumeError(
    'IDENTITY_INVALID',
    'AWS_WEB_IDENTITY_TOKEN_FILE names a token, but no AWS_ROLE_ARN the role that it is for',
    { hint: 'set AWS_ROLE_ARN; to be rid of the token: unset AWS_WEB_IDENTITY_TOKEN_FILE' },
  );
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
