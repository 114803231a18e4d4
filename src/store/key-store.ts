import type { Host } from '../host/host.js';
import { visible } from '../visible.js';
import { isSealed, readStoreRecord } from './chosen-store.js';
import { storeUnavailable } from './key-place.js';
import { makeLongTermKeys, type LongTermKeys } from './long-term-keys.js';
import { openKeys, showKeys } from './sealed-stores.js';
import { openStore } from './stores.js';
import type { StoreUse } from './store-use.js';

/** Long-term keys to be looked at. */
export type ShownKeys = Pick<LongTermKeys, 'list' | 'find'>;

/** Long-term keys to be used. */
export type ReadableKeys = Pick<LongTermKeys, 'list' | 'find' | 'get'>;

/**
 * What may be shown of the long-term keys in the store; takes no key and asks nobody. `null` where no
 * encrypted store was chosen.
 *
 * @throws AssumeError STORE_UNAVAILABLE when it cannot be told which was.
 */
export function lookAtKeys(host: Host): ShownKeys | null {
  const { current } = readStoreRecord(host);
  return isSealed(current) ? makeLongTermKeys(showKeys(host, current)) : null;
}

/** What is to be said of an identity that has none there. */
export function explainNoKeys(host: Host, identity: string): string {
  const name = readStoreRecord(host).current?.name ?? 'none yet';
  return `the store in use (${name}) holds no keys of ${visible(identity)}`;
}

/** The keys with their secrets, for which the store is opened. */
export function readKeys(use: StoreUse): ReadableKeys | null {
  const { current } = readStoreRecord(use.host);
  return isSealed(current) ? makeLongTermKeys(openKeys(use, current)) : null;
}

/**
 * Changes them, while no other process does nor moves the store. It is chosen first if none was.
 *
 * @param work - Is not to change them by another call of this.
 * @throws AssumeError STORE_UNAVAILABLE also where the store in use does not encrypt: long-term keys
 *   are never kept in clear.
 */
export async function changeKeys<T>(
  use: StoreUse,
  work: (keys: LongTermKeys) => Promise<T>,
): Promise<T> {
  const store = await openStore(use);
  const { withStoreLock } = await import('./choose-store.js');
  return withStoreLock(use, () => {
    const { current } = readStoreRecord(use.host);
    if (!isSealed(current)) {
      throw storeUnavailable(
        `long-term keys are never kept in clear, and the store in use does not encrypt (${store.reason})`,
        'choose one that does: assume config store keychain, or assume config store passphrase',
      );
    }
    return work(makeLongTermKeys(openKeys(use, current)));
  });
}
