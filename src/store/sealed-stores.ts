import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import type { SealedRef } from './chosen-store.js';
import { storeUnavailable } from './key-place.js';
import { makeNoStore, makePlainStore } from './plain-store.js';
import { makeSealedStore, type SealedPlace } from './sealed-store.js';
import type { SecretStore } from './secret-store.js';
import type { StoreUse } from './store-use.js';

const SESSIONS = 'sealed-';
const KEYS = 'keys-';

/** The sessions that this master key opens. It is read when the first is. */
export function openSessions(use: StoreUse, ref: SealedRef, reason: string): SecretStore {
  const directory = sessionsDirectory(use.host, ref);
  if (directory === null) return makeNoStore('HOME is not set');
  return makeSealedStore(use.host, { ...placeOf(use, ref, reason), directory, isCache: true });
}

/** The long-term keys that it opens. */
export function openKeys(use: StoreUse, ref: SealedRef): SecretStore {
  return keysStore(use.host, ref, placeOf(use, ref, 'long-term keys'));
}

/** The same to be looked at alone: nothing in it opens. */
export function showKeys(host: Host, ref: SealedRef): SecretStore {
  return keysStore(host, ref, { name: ref.name, reason: 'to be looked at', key: noKey });
}

/** The sessions of every store, to be looked at or removed: nothing in them opens. */
export function showEverySession(host: Host): SecretStore[] {
  const cache = ownDirectory(host, 'cache');
  if (cache === null) return [];
  const place = { name: 'none', reason: 'to be looked at', key: noKey, isCache: true } as const;
  return host.files
    .list(cache)
    .filter((name) => name.startsWith(SESSIONS))
    .map((name) => makeSealedStore(host, { ...place, directory: `${cache}/${name}` }));
}

/** The sessions of the store in use, by what is known of it without a look at the configuration. */
export function showSessions(
  host: Host,
  { path, isEncrypted }: { readonly path: string; readonly isEncrypted: boolean },
): SecretStore {
  const reason = 'to be looked at';
  if (!isEncrypted) return makePlainStore(host, path, reason);
  return makeSealedStore(host, {
    name: 'none',
    reason,
    key: noKey,
    isCache: true,
    directory: path,
  });
}

/** Removes both, whole. @throws AssumeError FAILED */
export function removeSealed(host: Host, ref: SealedRef): void {
  for (const directory of [sessionsDirectory(host, ref), keysDirectory(host, ref)]) {
    if (directory !== null) host.files.removeTree(directory);
  }
}

function sessionsDirectory(host: Host, { id }: SealedRef): string | null {
  const directory = ownDirectory(host, 'cache');
  return directory === null ? null : `${directory}/${SESSIONS}${id}`;
}

/** Not in the cache, which anyone may empty. */
function keysDirectory(host: Host, { id }: SealedRef): string | null {
  const directory = ownDirectory(host, 'state');
  return directory === null ? null : `${directory}/${KEYS}${id}`;
}

type Opening = Pick<SealedPlace, 'name' | 'reason' | 'key'>;

function keysStore(host: Host, ref: SealedRef, opening: Opening): SecretStore {
  const directory = keysDirectory(host, ref);
  if (directory === null) return makeNoStore('HOME is not set');
  return makeSealedStore(host, { ...opening, directory, isCache: false });
}

const noKey = (): Promise<never> =>
  Promise.reject(storeUnavailable('the store was only looked at', 'report this fault of assume'));

function placeOf(use: StoreUse, ref: SealedRef, reason: string): Opening {
  return {
    name: ref.name,
    reason: `encrypted, by a key in ${WHERE[ref.name]}; ${reason}`,
    key: async () => {
      const { masterKey } = await import('./master-key.js');
      return masterKey(use, ref);
    },
  };
}

const WHERE: Readonly<Record<SealedRef['name'], string>> = {
  keychain: 'the system keychain',
  passphrase: 'a file that your passphrase opens',
  pass: 'the password store of pass',
};
