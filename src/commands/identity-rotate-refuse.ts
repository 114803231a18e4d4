import { AssumeError } from '../errors.js';
import { WRITTEN_MARK } from '../target/catalogue.js';
import { formatPlace, profileValue } from '../target/profile-value.js';
import { visible } from '../visible.js';
import type { Owner } from './identity-owner.js';

/**
 * An import that was interrupted leaves the key of the store in AWS's files too, where it comes before
 * any process: a rotation would leave a dead key there.
 *
 * @throws AssumeError FAILED, with file and line.
 */
export function refuseHalfImport({ config, target, keys }: Owner): void {
  const { source, name } = target.identity;
  if (source.value.kind !== 'keychain') return;
  for (const profile of config.aws.profiles.values()) {
    const id = profileValue(profile, 'aws_access_key_id');
    if (id?.value !== keys.accessKeyId || profile.values.has(WRITTEN_MARK)) continue;
    throw new AssumeError(
      'FAILED',
      `the key of ${visible(name)} is still in ${visible(formatPlace(id))} too, where AWS's tools would go on with the old one`,
      {
        hint: `finish its move into the store first: assume identity import ${visible(profile.name)}`,
      },
    );
  }
}
