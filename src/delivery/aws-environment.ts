import type { Answer, Assumption } from '../assumption.js';
import type { Environment } from '../host/host.js';
import { formatInstant } from './format-instant.js';

/** What every delivery by environment sets; `null` where the target has no such thing. */
export type Variables = Readonly<Record<string, string | null>>;

const SET = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_SESSION_EXPIRATION',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'ASSUME_TARGET',
  'ASSUME_ROLE_ARN',
  'ASSUME_ACCOUNT_ID',
  'ASSUME_EXPIRATION',
  'AWSUME_PROFILE',
] as const;

/**
 * Left by AWS's tools, by other switchers, or by us for another target: each could give a program a
 * second identity beside the delivered one.
 */
const REMOVED = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SECURITY_TOKEN',
  'AWS_ACCOUNT_ID',
  'AWS_CREDENTIAL_SCOPE',
  'AWS_CREDENTIAL_FILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_VAULT',
  'ASSUME_MFA_CODE',
] as const;

/** What is set or removed whatever the target and the environment are. */
export const CHANGED_VARIABLES: readonly string[] = [...SET, ...REMOVED];

const FOREIGN = /^(AWSUME|GRANTED|ASSUME)_/;

/** The user's own settings of this program, and who waits for us: they stay. */
const KEPT = new Set([
  'ASSUME_CONFIG',
  'ASSUME_ENDPOINT_URL',
  'ASSUME_MFA_COMMAND',
  'ASSUME_NO_CODE_CACHE',
  'ASSUME_PASSPHRASE_FILE',
  'ASSUME_SANDBOX',
]);

/**
 * The environment of a target: what is set, and as `null` what has to go first. One region goes
 * into both of the variables that AWS's tools read.
 */
export function makeVariables({ shown }: Assumption, answer: Answer, env: Environment): Variables {
  const { name, roleArn, region, showsPrompt } = shown;
  const { credentials } = answer;
  const expiration = credentials.expiration && formatInstant(credentials.expiration);
  const set: Record<(typeof SET)[number], string | null> = {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey.reveal(),
    AWS_SESSION_TOKEN: credentials.sessionToken?.reveal() ?? null,
    AWS_CREDENTIAL_EXPIRATION: expiration,
    AWS_SESSION_EXPIRATION: expiration,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ASSUME_TARGET: name,
    ASSUME_ROLE_ARN: roleArn,
    ASSUME_ACCOUNT_ID: answer.accountId,
    ASSUME_EXPIRATION: expiration,
    AWSUME_PROFILE: showsPrompt ? name : null,
  };
  return { ...removedVariables(env), ...set };
}

/** What is removed whatever the target is, each as `null`. */
export function removedVariables(env: Environment): Variables {
  const foreign = Object.keys(env).filter((name) => FOREIGN.test(name) && !KEPT.has(name));
  return Object.fromEntries([...REMOVED, ...foreign].map((name) => [name, null]));
}

/** The environment with the variables set and removed. */
export function withVariables(env: Environment, variables: Variables): Environment {
  const entries = Object.entries({ ...env, ...variables });
  return Object.fromEntries(
    entries.filter(([, value]) => value !== null && value !== undefined),
  ) as Environment;
}
