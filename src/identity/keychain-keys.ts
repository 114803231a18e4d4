import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import type { IdentityReader } from './identity-source.js';

/** Keys in the system's keychain, which this version does not open. */
export const keychainKeys: IdentityReader = {
  read(source) {
    if (source.kind !== 'keychain') return Promise.resolve(null);
    return Promise.reject(
      new AssumeError(
        'STORE_UNAVAILABLE',
        `identity ${visible(source.identity)} keeps its keys in the keychain, which this version of assume cannot open`,
        { hint: `write in [identity ${visible(source.identity)}]: credentials = profile:NAME` },
      ),
    );
  },
};
