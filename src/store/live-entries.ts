import type { Host } from '../host/host.js';
import { attempt } from './attempt.js';
import { makeSessionCache, type CacheEntry } from './session-cache.js';
import type { SecretStore } from './secret-store.js';

/**
 * What is kept and has not ended yet. Where that cannot be looked up it is nothing, and one line
 * says why: a list of targets is worth showing all the same.
 */
export function readLiveEntries(host: Host, store: SecretStore): CacheEntry[] {
  let entries: CacheEntry[] = [];
  attempt(host, 'see which sessions are kept', () => {
    entries = makeSessionCache(store)
      .all()
      .map(({ entry }) => entry);
  });
  const now = host.now();
  return entries.filter((entry) => entry.keptUntil > now);
}
