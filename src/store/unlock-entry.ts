import type { Host } from '../host/host.js';
import type { StoreDoor } from './plan-index.js';
import { parseRememberedKey } from './remembered-key-text.js';
import { openSealed, parseSealed } from './sealed-file.js';
import type { Fields } from './secret-store.js';

/** What it takes to come by a key. */
export interface Keyring {
  now(): Date;
  readonly files: Pick<Host['files'], 'readOwn'>;
  readonly keychain: Pick<Host['keychain'], 'get'>;
}

/**
 * All fields of an encrypted entry, where its key can be had without asking for a passphrase; `null`
 * where it cannot, and for one that was damaged or changed.
 *
 * @throws AssumeError STORE_UNAVAILABLE when the keychain does not give it.
 */
export async function unlockEntry(
  keyring: Keyring,
  key: NonNullable<StoreDoor['key']>,
  name: string,
  text: string,
): Promise<Fields | null> {
  const sealed = parseSealed(text);
  const masterKey = sealed && (await findMasterKey(keyring, key));
  return masterKey && openSealed(masterKey, name, sealed);
}

async function findMasterKey(
  keyring: Keyring,
  { kind, name }: NonNullable<StoreDoor['key']>,
): Promise<Buffer | null> {
  if (kind === 'keychain') return keyring.keychain.get(name);
  const text = keyring.files.readOwn(name);
  return text === null ? null : parseRememberedKey(text, keyring.now());
}
