import { explainRoleArn } from '../arn/role-arn.js';
import type { AwsSection } from '../config/aws-file.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { visible } from '../visible.js';
import {
  digestOf,
  type ContainerSpec,
  type InstanceSpec,
  type WebIdentitySpec,
} from './identity-spec.js';
import { ownName, ownValue } from './own-environment.js';
import { profileValue } from './profile-value.js';

/** Where ECS serves a relative URI. */
const ECS_HOST = 'http://169.254.170.2';

/** Where EC2 serves metadata by IPv6, which it has to be asked for. */
const EC2_BY_IPV6 = 'http://[fd00:ec2::254]';

/** The container endpoint that the environment names; a relative URI goes before a full one. */
export function containerSpec(env: Environment): ContainerSpec {
  const relative = ownValue(env, 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI');
  const full = ownValue(env, 'AWS_CONTAINER_CREDENTIALS_FULL_URI');
  const tokenFile = ownValue(env, 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE');
  const token = env['AWS_CONTAINER_AUTHORIZATION_TOKEN'];
  return {
    kind: 'container',
    url: relative === null ? full : `${ECS_HOST}${relative}`,
    tokenFile,
    tokenDigest: tokenFile === null && token ? digestOf(token) : null,
  };
}

/**
 * The variable that names the container endpoint: in a target's shell, the one that keeps it; `null`
 * when none does.
 */
export function containerVariable(env: Environment): string | null {
  const named = (
    ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'] as const
  ).find((name) => ownValue(env, name) !== null);
  return named === undefined ? null : ownName(env, named);
}

/**
 * The metadata of the EC2 instance that this is: where a variable says they are, else a profile,
 * else where EC2 has them.
 */
export function instanceSpec(env: Environment, profile: AwsSection | null): InstanceSpec {
  const setting = (variable: string, key: string): string | null =>
    given(env, variable) ?? (profile && profileValue(profile, key)?.value) ?? null;
  const endpoint = setting('AWS_EC2_METADATA_SERVICE_ENDPOINT', 'ec2_metadata_service_endpoint');
  const mode = setting(
    'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE',
    'ec2_metadata_service_endpoint_mode',
  );
  const isByIpv6 = mode?.toLowerCase() === 'ipv6';
  return { kind: 'instance-metadata', endpoint: endpoint ?? (isByIpv6 ? EC2_BY_IPV6 : null) };
}

/**
 * The role and token file that the environment names, as in a pod of EKS; `null` without both.
 *
 * @throws AssumeError IDENTITY_INVALID when the role is none.
 */
export function webIdentityOfEnvironment(env: Environment): WebIdentitySpec | null {
  const roleArn = ownValue(env, 'AWS_ROLE_ARN');
  const tokenFile = ownValue(env, 'AWS_WEB_IDENTITY_TOKEN_FILE');
  if (roleArn === null || tokenFile === null) return null;
  const problem = explainRoleArn(roleArn);
  if (problem !== null) {
    throw new AssumeError(
      'IDENTITY_INVALID',
      `${ownName(env, 'AWS_ROLE_ARN')}: ${visible(roleArn)} is not the ARN of a role`,
      { hint: problem },
    );
  }
  const sessionName = ownValue(env, 'AWS_ROLE_SESSION_NAME');
  return { kind: 'web-identity', roleArn, tokenFile, sessionName, durationSeconds: null };
}

/** Keys in the environment that are the user's own, not a target's that we delivered. */
export function hasOwnKeys(env: Environment): boolean {
  return Boolean(!env['ASSUME_TARGET'] && env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']);
}

/** A variable's value; an empty one counts as unset. */
function given(env: Environment, name: string): string | null {
  const value = env[name];
  return value === undefined || value === '' ? null : value;
}
