import type { Host } from '../host/host.js';
import { attempt } from './attempt.js';
import type { KeptEntry } from './cache-entry.js';
import { makeSessionCache } from './session-cache.js';
import type { SecretStore } from './secret-store.js';

/**
 * What is kept and has not ended yet. Where that cannot be looked up it is nothing, and one line
 * says why: a list of targets is worth showing all the same.
 */
export function readLiveEntries(host: Host, store: SecretStore): KeptEntry[] {
  let entries: KeptEntry[] = [];
  attempt(host, 'see which sessions are kept', () => {
    entries = makeSessionCache(store, host).all();
  });
  return entries;
}
