import { dirname } from 'node:path';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { sweepLeftovers } from '../host/sweep-leftovers.js';
import { visible } from '../visible.js';
import { IV_BYTES, seal, unseal } from './envelope.js';
import { parseRecord } from './json-record.js';
import { ownNames, readOwnFile } from './own-files.js';
import type { Fields, SecretStore } from './secret-store.js';

const ENDING = '.enc';

/** @see https://bford.info/cachedir/ */
const CACHE_TAG = 'Signature: 8a477f597d28d172789f06886806bc55\n';

export interface SealedPlace extends Pick<SecretStore, 'name' | 'reason'> {
  readonly directory: string;
  /** The key that opens it. @throws AssumeError STORE_UNAVAILABLE when it cannot be had. */
  key(): Promise<Buffer>;
  /** What can be had again is forgotten when it is damaged; else that is an error. */
  readonly isCache: boolean;
}

/**
 * Encrypted files, one a secret, 0600 in a 0700 directory of ours: a line of facts in clear, and one of
 * ciphertext that opens only under that name and beside those facts.
 */
export function makeSealedStore(host: Host, place: SealedPlace): SecretStore {
  const { directory } = place;
  const pathOf = (name: string): string => `${directory}/${name}${ENDING}`;
  const open = (name: string): SealedFile | null => {
    const text = readOwnFile(host, pathOf(name));
    if (text === null) return null;
    const file = parseSealed(text);
    const isSwapped = (file?.facts['name'] ?? name) !== name;
    return file && !isSwapped ? file : damaged(host, place, pathOf(name));
  };
  return {
    ...{ name: place.name, path: directory, reason: place.reason, isEncrypted: true },
    names: () => ownNames(host, directory, ENDING),
    facts: (name) => open(name)?.facts ?? null,
    read: async (name) => {
      const file = open(name);
      if (!file) return null;
      const text = unseal(await place.key(), contextOf(name, file.header), file.blob);
      const secrets = text === null ? null : parseRecord(text);
      return secrets ? { ...file.facts, ...secrets } : damaged(host, place, pathOf(name));
    },
    write: async (name, facts, secrets) => {
      const key = await place.key();
      const header = JSON.stringify(facts);
      const iv = host.randomBytes(IV_BYTES);
      const blob = seal(key, iv, contextOf(name, header), JSON.stringify(secrets));
      host.files.makePrivateDirectory(directory);
      if (place.isCache) tagCache(host, dirname(directory));
      sweepLeftovers(host, directory, () => true);
      host.files.writePrivate(pathOf(name), `${header}\n${blob.toString('base64')}\n`);
    },
    remove: (name) => {
      sweepLeftovers(host, directory, () => true);
      return host.files.remove(pathOf(name));
    },
  };
}

/** Tells programs that back up files to leave these out; one that is there stays as it is. */
export function tagCache(host: Host, directory: string): void {
  host.files.createNew(`${directory}/CACHEDIR.TAG`, CACHE_TAG);
}

interface SealedFile {
  /** The facts exactly as they were written. */
  readonly header: string;
  readonly facts: Fields;
  readonly blob: Buffer;
}

/** `null` for a file that is cut off, or was never ours. */
function parseSealed(text: string): SealedFile | null {
  const [header = '', sealed = '', end] = text.split('\n');
  const facts = parseRecord(header);
  if (!facts || sealed === '' || end !== '') return null;
  return { header, facts, blob: Buffer.from(sealed, 'base64') };
}

/** What the ciphertext is bound to: a file put under another name, or beside other facts, opens no more. */
function contextOf(name: string, header: string): string {
  return `assume/1/${name}\n${header}`;
}

/** @throws AssumeError STORE_UNAVAILABLE for what cannot be had again. */
function damaged(host: Host, { isCache }: SealedPlace, path: string): null {
  const problem = `${visible(path)} was damaged or changed, and is not used`;
  if (!isCache) {
    throw new AssumeError('STORE_UNAVAILABLE', problem, {
      hint: 'bring the file back from a backup, or put the keys in again: assume identity add',
    });
  }
  host.stderr(`assume: ${problem}\n`);
  try {
    host.files.remove(path);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
  }
  return null;
}
