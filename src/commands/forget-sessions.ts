import type { Host } from '../host/host.js';
import { attempt } from '../store/attempt.js';
import { makeSessionCache } from '../store/session-cache.js';
import { possibleStores } from '../store/stores.js';

/** Forgets every session that was bought with the key, wherever it may lie. */
export function forgetSessions(host: Host, accessKeyId: string): void {
  attempt(host, `forget the sessions of ${accessKeyId}`, () => {
    for (const store of possibleStores(host)) {
      const cache = makeSessionCache(store, host);
      const old = cache.all().filter(({ madeUnder }) => madeUnder === accessKeyId);
      for (const { name } of old) cache.remove(name);
    }
  });
}
