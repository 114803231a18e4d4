import { explainNoKeys, readKeys } from '../store/key-store.js';
import { visible } from '../visible.js';
import type { IdentitySource } from './identity-source.js';
import { sourceFailure } from './source-failure.js';

const NO_STORE = 'they are to be in the keychain, and no store that encrypts was chosen yet';

/** Long-term keys in the store of assume, under the identity's name. */
export const keychainKeys: IdentitySource = {
  async read(spec, errand) {
    if (spec.kind !== 'keychain') return null;
    const hint = `put them there: assume identity add ${visible(spec.identity)}; or say where they are: credentials = profile:NAME`;
    const keys = readKeys(errand);
    if (!keys) throw sourceFailure(errand, 'STORE_UNAVAILABLE', NO_STORE, { hint });
    const key = await keys.get(spec.identity);
    if (!key) {
      const problem = explainNoKeys(errand.host, spec.identity);
      throw sourceFailure(errand, 'CONFIG_INVALID', problem, { hint });
    }
    const { accessKeyId, secretAccessKey } = key;
    return { accessKeyId, secretAccessKey, sessionToken: null, expiration: null };
  },
};
