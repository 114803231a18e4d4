import { timingSafeEqual } from 'node:crypto';
import { isAssumeError } from '../errors.js';
import { withLock } from '../host/lock.js';
import {
  readStoreRecord,
  writeStoreRecord,
  type Chosen,
  type SealedRef,
  type StoreRecord,
} from './chosen-store.js';
import { KEY_BYTES } from './envelope.js';
import { storeUnavailable, type SealedName } from './key-place.js';
import { KEY_PLACES } from './key-places.js';
import { knowMasterKey } from './master-key.js';
import { noteUnusable } from './keychain-use.js';
import { PASSPHRASE_FILE } from './passphrase.js';
import type { StoreUse } from './store-use.js';
import { copySessions, openVault } from './vault.js';

/** What everything that changes the record does under. */
export function withStoreLock<T>(use: StoreUse, work: () => Promise<T>): Promise<T> {
  return withLock(use.host, '/assume/store', { waitMs: use.lockWaitMs }, work);
}

/**
 * Chooses an encrypted store, once, and remembers it; of processes that start together one chooses.
 *
 * @param wanted - The one that the settings name; `auto` tries the system keychain, then a passphrase
 *   whose file the environment names.
 * @returns `null` when `auto` finds none.
 * @throws AssumeError STORE_UNAVAILABLE when the one that is named cannot be used; CANCELLED; as
 *   `withLock` where nothing can be remembered.
 */
export function chooseStore(
  use: StoreUse,
  wanted: { readonly name: SealedName | 'auto'; readonly reason: string },
): Promise<Chosen | null> {
  return withStoreLock(use, async () => {
    const record = readStoreRecord(use.host);
    const { current } = record;
    // Another process has been first.
    if (current) return current;
    const { name, reason } = wanted;
    const usable = name === 'auto' ? await findUsable(use) : { name, reason };
    if (!usable) return null;
    const ref = await makeKey(use, record, usable.name);
    const chosen: Chosen = { ...ref, reason: usable.reason };
    // What lies in clear moves along: from now on everything is encrypted.
    await copySessions(use.host, openVault(use, null), openVault(use, chosen));
    const leftovers = [...record.leftovers, { name: 'plain' } as const];
    writeStoreRecord(use.host, { current: chosen, leftovers });
    return chosen;
  });
}

/** The best that needs nobody's help. */
export async function findUsable(
  use: StoreUse,
): Promise<{ readonly name: SealedName; readonly reason: string } | null> {
  const { host } = use;
  if (host.keychain.findPlace(host) !== null && !host.env['ASSUME_SANDBOX']) {
    const problem = await host.keychain.prove();
    if (problem === null) return { name: 'keychain', reason: 'it was found to work here' };
    noteUnusable(host, problem);
  }
  return host.env[PASSPHRASE_FILE]
    ? { name: 'passphrase', reason: `${PASSPHRASE_FILE} was set` }
    : null;
}

/**
 * Puts a new master key into its place and proves that it comes back. Noted before it is begun: what a
 * kill leaves behind is cleared away later.
 *
 * @throws AssumeError STORE_UNAVAILABLE
 */
export async function makeKey(
  use: StoreUse,
  record: StoreRecord,
  name: SealedName,
): Promise<SealedRef> {
  const { host } = use;
  const ref: SealedRef = { name, id: host.randomBytes(8).toString('hex') };
  writeStoreRecord(host, { ...record, leftovers: [...record.leftovers, ref] });
  const place = KEY_PLACES[name].open(use);
  const key = host.randomBytes(KEY_BYTES);
  try {
    await place.put(ref.id, key);
  } catch (error) {
    // Nothing was put there: nothing is left over.
    if (isAssumeError(error)) writeStoreRecord(host, record);
    throw error;
  }
  const read = await place.get(ref.id);
  if (read?.length === KEY_BYTES && timingSafeEqual(read, key)) {
    knowMasterKey(use, ref, key);
    return ref;
  }
  throw storeUnavailable(
    `${place.words} did not give back what was put there`,
    'see whether it works by itself, or keep the key elsewhere: assume config store passphrase',
  );
}
