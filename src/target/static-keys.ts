import type { AwsSection } from '../config/aws-file.js';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { formatPlace, profileValue } from './profile-value.js';

/**
 * Tells whether the profile holds an access key.
 *
 * @throws AssumeError CONFIG_INVALID when one half of it is there without the other.
 */
export function hasStaticKeys(profile: AwsSection): boolean {
  const id = profileValue(profile, 'aws_access_key_id');
  const secret = profileValue(profile, 'aws_secret_access_key');
  if ((id === null) === (secret === null)) return id !== null;
  const [there, missing] = id ? [id, 'aws_secret_access_key'] : [secret, 'aws_access_key_id'];
  throw new AssumeError(
    'CONFIG_INVALID',
    `profile ${visible(profile.name)} holds half a key: ${formatPlace(there ?? profile)} has no ${missing} beside it`,
    { hint: `add ${missing}, or remove the other half` },
  );
}
