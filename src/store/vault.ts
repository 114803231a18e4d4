import type { Host } from '../host/host.js';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import type { CacheEntry } from './cache-entry.js';
import { isSealed, type Chosen } from './chosen-store.js';
import { clearStores, openDiskStore, openMemoryStore } from './clear-stores.js';
import { makeLongTermKeys, type LongTermKeys } from './long-term-keys.js';
import { openKeys, openSessions } from './sealed-stores.js';
import type { SecretStore } from './secret-store.js';
import { makeSessionCache } from './session-cache.js';
import type { StoreUse } from './store-use.js';

/** One store whole: its sessions, which in clear may lie in several places, and its keys. */
export interface Vault {
  /** The first is where new ones go. */
  readonly sessions: readonly SecretStore[];
  /** `null` in clear, where long-term keys never lie. */
  readonly keys: LongTermKeys | null;
}

/** @param chosen - `null` for memory. */
export function openVault(use: StoreUse, chosen: Chosen | null): Vault {
  if (isSealed(chosen)) {
    const sessions = [openSessions(use, chosen, chosen.reason)];
    return { sessions, keys: makeLongTermKeys(openKeys(use, chosen)) };
  }
  const { host } = use;
  const first = chosen
    ? openDiskStore(host, chosen.reason)
    : openMemoryStore(host, 'so it was told');
  const others = clearStores(host).filter(({ path }) => path !== first.path);
  return { sessions: [first, ...others], keys: null };
}

/**
 * Copies every session that lives, and reads each back.
 *
 * @returns How many there were.
 * @throws AssumeError FAILED when one does not come back as it was.
 */
export async function copySessions(host: Host, from: Vault, to: Vault): Promise<number> {
  const [store] = to.sessions;
  if (!store?.path) return 0;
  const target = makeSessionCache(store, host);
  let copied = 0;
  for (const source of from.sessions) {
    if (source.path === store.path) continue;
    const cache = makeSessionCache(source, host);
    for (const { name } of cache.all()) {
      const entry = await cache.read(name);
      if (!entry) continue;
      await target.write(name, entry);
      const back = await target.read(name);
      // In clear it may have had its time.
      const isOver = back === null && !store.isEncrypted;
      if (!isOver && secretOf(back) !== secretOf(entry)) throw notCopied(name);
      copied++;
    }
  }
  return copied;
}

/**
 * Copies every long-term key, and reads each back.
 *
 * @throws AssumeError STORE_UNAVAILABLE for one that is damaged or does not come back.
 */
export async function copyKeys({ keys }: Vault, to: Vault): Promise<number> {
  let copied = 0;
  for (const { identity } of keys?.list() ?? []) {
    const key = await keys?.get(identity);
    if (!key || !to.keys) throw notCopied(identity);
    await to.keys.put(key);
    copied++;
  }
  return copied;
}

/** Removes what lies in clear elsewhere than in this one. @throws AssumeError FAILED */
export function removeClearBut(host: Host, { sessions: [kept] }: Vault): void {
  for (const store of clearStores(host)) {
    if (store.path === kept?.path) continue;
    for (const name of store.names()) store.remove(name);
  }
}

function secretOf(entry: CacheEntry | null): string | null {
  return entry?.credentials.secretAccessKey.reveal() ?? null;
}

function notCopied(name: string): AssumeError {
  return new AssumeError('FAILED', `${visible(name)} did not come back from the new store`, {
    hint: 'nothing was changed: see what is wrong with the disk: assume doctor',
  });
}
