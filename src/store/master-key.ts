import { Secret } from '../credentials.js';
import type { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import type { SealedRef } from './chosen-store.js';
import { KEY_PLACES } from './key-places.js';
import { storeUnavailable, type KeyPlace } from './key-place.js';
import type { StoreUse } from './store-use.js';

const KNOWN = Symbol.for('assume-cli.master-keys');

type Keys = Map<string, Promise<Buffer>>;

/**
 * The key that opens a store, read from where it rests once in a process at most: it may take a
 * person's word each time.
 *
 * @throws AssumeError STORE_UNAVAILABLE when it cannot be had; CANCELLED.
 */
export function masterKey(use: StoreUse, ref: SealedRef): Promise<Buffer> {
  const keys = knownKeys(use.host);
  const known = keys.get(ref.id);
  if (known) return known;
  const key = readKey(use, ref);
  keys.set(ref.id, key);
  key.catch(() => keys.delete(ref.id));
  return key;
}

/** Proves that it is there, asking no passphrase. @throws AssumeError STORE_UNAVAILABLE */
export async function proveKey(use: StoreUse, ref: SealedRef): Promise<void> {
  const place = KEY_PLACES[ref.name].open(use);
  if (!(await place.has(ref.id))) throw gone(place, ref);
}

/** Spares asking for a key that has just been made. */
export function knowMasterKey({ host }: StoreUse, { id }: SealedRef, key: Buffer): void {
  hide(key);
  knownKeys(host).set(id, Promise.resolve(key));
}

async function readKey(use: StoreUse, { name, id }: SealedRef): Promise<Buffer> {
  const place = KEY_PLACES[name].open(use);
  const key = await place.get(id);
  if (!key) throw gone(place, { name, id });
  hide(key);
  return key;
}

function gone({ words }: KeyPlace, { name, id }: SealedRef): AssumeError {
  return storeUnavailable(
    `${words} no longer holds the key that opens what is kept`,
    `bring it back (its name is ${name === 'passphrase' ? `passphrase-${id}.json` : `assume/${id}`}), or give up what is kept: assume config store ${name} --force`,
  );
}

/** Keeps it out of whatever may be printed. */
function hide(key: Buffer): void {
  for (const encoding of ['base64', 'hex'] as const) new Secret(key.toString(encoding));
}

/** One map a host for all chunks that this module is bundled into. */
function knownKeys(host: Host): Keys {
  const shared: Record<symbol, WeakMap<Host, Keys> | undefined> = globalThis;
  const hosts = (shared[KNOWN] ??= new WeakMap());
  const keys = hosts.get(host) ?? new Map<string, Promise<Buffer>>();
  hosts.set(host, keys);
  return keys;
}
