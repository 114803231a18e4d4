import type { AwsSection } from '../config/aws-file.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { nearestNames } from '../nearest.js';
import { visible } from '../visible.js';
import { containerSpec, instanceSpec } from './ambient-specs.js';
import type { IdentitySpec } from './identity-spec.js';
import { formatPlace, profileValue } from './profile-value.js';

/** How `credential_source` names what the machine itself gives. */
const CREDENTIAL_SOURCES = {
  Environment: (): IdentitySpec => ({ kind: 'environment' }),
  Ec2InstanceMetadata: instanceSpec,
  EcsContainer: containerSpec,
} as const;

/**
 * What `credential_source` names; `null` when the profile has no such key.
 *
 * @throws AssumeError CONFIG_INVALID with what it may be when it is something else.
 */
export function specOfCredentialSource(profile: AwsSection, env: Environment): IdentitySpec | null {
  const named = profileValue(profile, 'credential_source');
  if (!named) return null;
  const [, make] = Object.entries(CREDENTIAL_SOURCES).find(([name]) => name === named.value) ?? [];
  if (make) return make(env, profile);
  const names = Object.keys(CREDENTIAL_SOURCES);
  const [near] = nearestNames(named.value, names, 1);
  throw new AssumeError(
    'CONFIG_INVALID',
    `${formatPlace(named)}: credential_source cannot be ${visible(named.value)}`,
    { hint: near ? `did you mean ${near}?` : `write one of: ${names.join(', ')}` },
  );
}
