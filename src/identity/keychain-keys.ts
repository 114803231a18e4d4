import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import type { IdentitySource } from './identity-source.js';

/** Keys in the system's keychain, which this version does not open. */
export const keychainKeys: IdentitySource = {
  read(spec) {
    if (spec.kind !== 'keychain') return Promise.resolve(null);
    return Promise.reject(
      new AssumeError(
        'STORE_UNAVAILABLE',
        `identity ${visible(spec.identity)} keeps its keys in the keychain, which this version of assume cannot open`,
        { hint: `write in [identity ${visible(spec.identity)}]: credentials = profile:NAME` },
      ),
    );
  },
};
