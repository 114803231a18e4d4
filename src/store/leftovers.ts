import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { withStoreLock } from './choose-store.js';
import {
  isSealed,
  readStoreRecord,
  writeStoreRecord,
  type Leftover,
  type StoreRecord,
} from './chosen-store.js';
import { clearStores } from './clear-stores.js';
import { KEY_PLACES } from './key-places.js';
import { removeSealed } from './sealed-stores.js';
import type { StoreUse } from './store-use.js';

/** Enough to take over from one that was killed. */
const SHORT_WAIT_MS = 100;

/**
 * Removes what a move, or its interruption, has left: what it opens first, then the key. What cannot
 * be removed now is tried again the next time. To be called under the store's lock.
 *
 * @returns The record as it is then.
 */
export async function clearLeftovers(use: StoreUse, record: StoreRecord): Promise<StoreRecord> {
  const left: Leftover[] = [];
  for (const leftover of record.leftovers) {
    try {
      await clear(use, record, leftover);
    } catch (error) {
      if (!isAssumeError(error)) throw error;
      left.push(leftover);
    }
  }
  const after = { ...record, leftovers: left };
  if (left.length < record.leftovers.length) writeStoreRecord(use.host, after);
  return after;
}

/** The same beside other work: not now if another process is at it, and without a word. */
export async function clearLeftoversQuietly(use: StoreUse): Promise<void> {
  try {
    await withStoreLock({ ...use, lockWaitMs: SHORT_WAIT_MS }, async () => {
      await clearLeftovers(use, readStoreRecord(use.host));
    });
  } catch (error) {
    if (!isAssumeError(error)) throw error;
  }
}

async function clear(use: StoreUse, { current }: StoreRecord, leftover: Leftover): Promise<void> {
  const { host } = use;
  if (leftover.name === 'plain') {
    if (isSealed(current)) forgetClear(host);
    return;
  }
  if (isSealed(current) && current.id === leftover.id) return;
  removeSealed(host, leftover);
  await KEY_PLACES[leftover.name].open(use).remove(leftover.id);
}

/** Every session in clear, in memory or on disk. @throws AssumeError FAILED */
export function forgetClear(host: Host): void {
  for (const store of clearStores(host)) {
    for (const name of store.names()) store.remove(name);
  }
}
