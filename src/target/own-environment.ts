import type { Environment } from '../host/host.js';

/**
 * The user's own variables that a target takes the place of. A target's shell keeps them as
 * `ASSUME_BEFORE_…`, for a switch to another target and for `leave`; none holds a secret.
 */
export const GIVEN_BACK = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
] as const;

/** A target's credentials in the environment. */
export const DELIVERED = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_SESSION_EXPIRATION',
] as const;

/** The variable that holds the user's own value: in a target's shell, the one that keeps it. */
export function ownName(env: Environment, name: (typeof GIVEN_BACK)[number]): string {
  return env['ASSUME_TARGET'] ? `ASSUME_BEFORE_${name}` : name;
}

/** The user's own value of a variable; `null` when it is unset or, which AWS's tools treat alike, empty. */
export function ownValue(env: Environment, name: (typeof GIVEN_BACK)[number]): string | null {
  const value = env[ownName(env, name)];
  return value === undefined || value === '' ? null : value;
}

/** The environment as it was before a target's shell; secrets that were in it stay away. */
export function ownEnvironment(env: Environment): Environment {
  if (!env['ASSUME_TARGET']) return env;
  const gone = ['ASSUME_TARGET', ...DELIVERED].map((name) => [name, undefined]);
  const given = GIVEN_BACK.map((name) => [name, ownValue(env, name) ?? undefined]);
  return { ...env, ...(Object.fromEntries([...gone, ...given]) as Environment) };
}
