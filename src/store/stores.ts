import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { isLockUnavailable } from '../host/lock.js';
import { formatOrigin } from '../target/target.js';
import { nearest, settingsOf } from '../target/layers.js';
import { isSealed, readStoreRecord, type SealedRef } from './chosen-store.js';
import { clearStores, openDiskStore, openMemoryStore } from './clear-stores.js';
import { storeUnavailable, type SealedName } from './key-place.js';
import { keychainName } from './keychain.js';
import { whyNoKeychain } from './keychain-use.js';
import { PASSPHRASE_FILE } from './passphrase.js';
import { makeNoStore } from './plain-store.js';
import type { StoreDoor } from './plan-index.js';
import { rememberedKeyPath } from './remembered-key.js';
import { openSessions, showEverySession } from './sealed-stores.js';
import type { SecretStore } from './secret-store.js';
import type { StoreUse } from './store-use.js';

/** A store by name, and why, as words that follow "because". */
interface Wanted<Name> {
  readonly name: Name;
  readonly reason: string;
}

/** The store in use, as far as it can be told without asking anybody. */
interface Look {
  readonly store: SecretStore;
  /** The encrypted store that it is; `null` for any other. */
  readonly ref: SealedRef | null;
  /** What is to be chosen once there is something to keep; `null` when nothing is. */
  readonly undecided: Wanted<SealedName | 'auto'> | null;
}

/**
 * The store in use: the one that was chosen, else what `store = …` in `[settings]` names. Asks nobody;
 * one that is yet to be chosen keeps nothing.
 *
 * @throws AssumeError STORE_UNAVAILABLE where the settings name another than the one that was chosen:
 *   never one in place of the other.
 */
export function findStore(use: StoreUse): SecretStore {
  return lookUp(use).store;
}

/** How to open it without asking anybody; `null` where that takes more than a look. */
export function findDoor(use: StoreUse): StoreDoor | null {
  const { store, ref } = lookUp(use);
  if (store.path === null) return null;
  if (!ref) return { directory: store.path, key: null };
  const key = keyOf(use, ref);
  return key && { directory: store.path, key };
}

function keyOf(use: StoreUse, { name, id }: SealedRef): StoreDoor['key'] {
  if (name === 'keychain') return { kind: 'keychain', name: keychainName(id) };
  const path = name === 'passphrase' ? rememberedKeyPath(use, id) : null;
  return path === null ? null : { kind: 'file', name: path };
}

/** Tells whether it is yet to be chosen, once there is something to keep. */
export function isUndecided(use: StoreUse): boolean {
  return lookUp(use).undecided !== null;
}

/**
 * The same, ready to keep: chosen if none was, and with its key at hand.
 *
 * @throws AssumeError STORE_UNAVAILABLE also when the key cannot be had: what worked once and does
 *   not now is no reason for a weaker one.
 */
export async function openStore(use: StoreUse): Promise<SecretStore> {
  const look = lookUp(use);
  const { store, ref } = look.undecided ? await decide(use, look.undecided) : look;
  if (!ref) return store;
  const { masterKey } = await import('./master-key.js');
  await masterKey(use, ref);
  if (readStoreRecord(use.host).leftovers.length > 0) {
    const { clearLeftoversQuietly } = await import('./leftovers.js');
    await clearLeftoversQuietly(use);
  }
  return store;
}

/** Proves that what opens the store in use is there, asking no passphrase. @throws AssumeError STORE_UNAVAILABLE */
export async function proveStore(use: StoreUse): Promise<void> {
  const { ref } = lookUp(use);
  if (!ref) return;
  const { proveKey } = await import('./master-key.js');
  await proveKey(use, ref);
}

function lookUp(use: StoreUse): Look {
  const { host } = use;
  const wanted = wantedStore(use);
  const { current } = readStoreRecord(host);
  if (current && wanted.name !== 'auto' && wanted.name !== current.name) {
    throw another(wanted, current.name);
  }
  const { name, reason } = current && wanted.name === 'auto' ? current : wanted;
  if (isSealed(current)) {
    return { store: openSessions(use, current, reason), ref: current, undecided: null };
  }
  if (name === 'plain') return inClear(openDiskStore(host, reason));
  const problem = name === 'auto' ? whyNoKeychain(host) : null;
  if (problem !== null && !host.env[PASSPHRASE_FILE]) {
    return inClear(openMemoryStore(host, problem));
  }
  const store = makeNoStore(`${reason} when there is something to keep`);
  return { store, ref: null, undecided: { name, reason } };
}

const inClear = (store: SecretStore): Look => ({ store, ref: null, undecided: null });

function wantedStore({ config }: StoreUse): Wanted<SealedName | 'plain' | 'auto'> {
  const setting = nearest([settingsOf(config)], 'store');
  if (setting === null || setting.value === 'auto') {
    return { name: 'auto', reason: 'the best that works here is chosen' };
  }
  const origin = formatOrigin(setting.origin);
  return { name: setting.value, reason: `store = ${setting.value} (${origin})` };
}

function another({ name, reason }: Wanted<string>, current: string): Error {
  return storeUnavailable(
    `${reason}, and what is kept lies in another store: ${current}`,
    `to move it: assume config store ${name}`,
  );
}

async function decide(use: StoreUse, wanted: Wanted<SealedName | 'auto'>): Promise<Look> {
  const { host } = use;
  const unremembered = (problem: string): Look =>
    inClear(wanted.name === 'auto' ? openMemoryStore(host, problem) : makeNoStore(problem));
  try {
    const { chooseStore } = await import('./choose-store.js');
    await chooseStore(use, wanted);
  } catch (error) {
    if (!isAssumeError(error) || !isLockUnavailable(error)) throw error;
    return unremembered(error.message);
  }
  const look = lookUp(use);
  return look.undecided ? unremembered('nothing can be remembered here') : look;
}

/** Every store that any configuration could have put sessions into, for whoever clears them all. */
export function possibleStores(host: Host): SecretStore[] {
  return [...clearStores(host), ...showEverySession(host)];
}
