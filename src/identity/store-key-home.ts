import type { Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import { changeKeys, readKeys } from '../store/key-store.js';
import type { LongTermKeys } from '../store/long-term-keys.js';
import type { StoreUse } from '../store/store-use.js';
import { visible } from '../visible.js';
import type { KeyHome } from './key-home.js';

/** Keys in the encrypted store, under the identity's name; the pair that waits under one beside it. */
export function storeKeyHome(use: StoreUse, identity: string): KeyHome {
  const waiting = waitingName(identity);
  const get = async (name: string): Promise<Credentials | null> => {
    const key = await readKeys(use)?.get(name);
    if (!key) return null;
    const { accessKeyId, secretAccessKey } = key;
    return { accessKeyId, secretAccessKey, sessionToken: null, expiration: null };
  };
  return {
    place: "assume's store",
    read: async () => ({ current: await get(identity), next: await get(waiting) }),
    prove: () => changeKeys(use, () => Promise.resolve()),
    keepNext: (keys) => changeKeys(use, (kept) => putKey(use, kept, waiting, keys)),
    promote: (before, next) =>
      changeKeys(use, async (kept) => {
        const id = kept.find(identity)?.accessKeyId;
        if (id !== before && id !== next.accessKeyId) throw changed(identity);
        await putKey(use, kept, identity, next);
        kept.remove(waiting);
      }),
    dropNext: () =>
      changeKeys(use, (kept) => {
        kept.remove(waiting);
        return Promise.resolve();
      }),
  };
}

/** No identity's name has a slash. */
export const waitingName = (identity: string): string => `${identity}/next`;

/** Puts a pair there under that name, and proves that it comes back. */
export function putKey(
  { host }: Pick<StoreUse, 'host'>,
  kept: Pick<LongTermKeys, 'put'>,
  identity: string,
  { accessKeyId, secretAccessKey }: Credentials,
): Promise<void> {
  return kept.put({ identity, accessKeyId, secretAccessKey, keptSince: host.now() });
}

function changed(identity: string): AssumeError {
  const problem = `the keys of ${visible(identity)} in the store were changed meanwhile`;
  return new AssumeError('FAILED', problem, { hint: 'see what is there: assume identity list' });
}
