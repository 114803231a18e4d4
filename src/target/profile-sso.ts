import type { AwsSection } from '../config/aws-file.js';
import type { AwsFiles } from '../config/aws-files.js';
import { AssumeError } from '../errors.js';
import { nearestNames } from '../nearest.js';
import { visible } from '../visible.js';
import type { SsoSpec } from './identity-spec.js';
import { formatPlace, profileValue, requiredValue, type Place } from './profile-value.js';
import { explainAccountId, explainRegion, explainRoleName, explainUrl } from './value-forms.js';

/**
 * The role of IAM Identity Center that a profile names.
 *
 * @throws AssumeError CONFIG_INVALID with file and line where it is half there, or no such thing.
 */
export function ssoOf(profile: AwsSection, aws: AwsFiles): SsoSpec {
  const accountId = requiredValue(profile, 'sso_account_id', 'sso_role_name', explainAccountId);
  const roleName = requiredValue(profile, 'sso_role_name', 'sso_account_id', explainRoleName);
  const session = profileValue(profile, 'sso_session');
  if (!session) {
    const startUrl = requiredValue(profile, 'sso_start_url', 'sso_account_id', explainUrl);
    const region = requiredValue(profile, 'sso_region', 'sso_start_url', explainRegion);
    return { kind: 'sso', session: null, startUrl, region, scopes: [], accountId, roleName };
  }
  const token = ssoSessionOf(aws, session.value, session);
  refuseContradiction(profile, aws.ssoSessions.get(session.value));
  return { ...token, accountId, roleName };
}

/**
 * A profile may repeat what its session says, and no more: AWS's tools refuse anything else. What it
 * includes they do not read.
 */
function refuseContradiction(profile: AwsSection, session: AwsSection | undefined): void {
  for (const [key, value] of session?.values ?? []) {
    const own = profile.included?.has(key) ? null : profileValue(profile, key);
    if (!own || value.value === '' || own.value === value.value) continue;
    throw new AssumeError(
      'CONFIG_INVALID',
      `${formatPlace(own)}: ${key} of profile ${visible(profile.name)} is not that of [sso-session ${visible(session?.name ?? '')}] (${formatPlace(value)}), which it names`,
      { hint: `remove ${key} from the profile, or write the same in both` },
    );
  }
}

/**
 * What a `[sso-session]` says of the token it stands for.
 *
 * @param namedBy - Where the name was read.
 */
export function ssoSessionOf(
  aws: AwsFiles,
  name: string,
  namedBy: Place,
): Omit<SsoSpec, 'accountId' | 'roleName'> {
  const section = aws.ssoSessions.get(name);
  if (!section) throw noSsoSession(aws, name, namedBy);
  const scopes = profileValue(section, 'sso_registration_scopes')?.value ?? '';
  return {
    kind: 'sso',
    session: section.name,
    startUrl: requiredValue(section, 'sso_start_url', 'sso_region', explainUrl),
    region: requiredValue(section, 'sso_region', 'sso_start_url', explainRegion),
    scopes: scopes.split(/[\s,]+/).filter(Boolean),
  };
}

function noSsoSession(aws: AwsFiles, name: string, namedBy: Place): AssumeError {
  const near = nearestNames(name, [...aws.ssoSessions.keys()])
    .map(visible)
    .join(', ');
  return new AssumeError(
    'CONFIG_INVALID',
    `there is no [sso-session ${visible(name)}], which ${formatPlace(namedBy)} names`,
    { hint: near ? `nearest: ${near}` : 'add it to ~/.aws/config: aws configure sso-session' },
  );
}
