import type { AwsSection } from '../config/aws-file.js';
import type { AwsFiles } from '../config/aws-files.js';
import type { Environment } from '../host/host.js';
import { findEndpointVariant } from './find-endpoint-variant.js';
import { regionOfProfile } from './find-region.js';
import { HOP_VALUES } from './make-hop.js';
import { isHop } from './profile-chain.js';
import { profileSerial } from './profile-mfa.js';
import { originOfSource, specOfProfile } from './profile-source.js';
import { checkedValue } from './profile-value.js';
import { explainAccountId, explainRoleName } from './value-forms.js';

/**
 * Reads the values of a profile one by one, so that a wrong one hides no other: what it is assumed
 * or signed in by, then how AWS is reached.
 *
 * @returns Functions that throw an AssumeError for a value that cannot be.
 */
export function readersOf(profile: AwsSection, aws: AwsFiles, env: Environment): (() => unknown)[] {
  const own = isHop(profile)
    ? Object.values(HOP_VALUES).map((read) => () => read(profile))
    : [...ssoReaders(profile), () => specOfProfile(profile, aws, env)];
  return [
    ...own,
    () => profileSerial([profile]),
    () => regionOfProfile(profile),
    () => findEndpointVariant([profile], {}, null, []),
  ];
}

function ssoReaders(profile: AwsSection): (() => unknown)[] {
  if (!originOfSource(profile).name.startsWith('sso_')) return [];
  return [
    () => checkedValue(profile, 'sso_account_id', explainAccountId),
    () => checkedValue(profile, 'sso_role_name', explainRoleName),
  ];
}
