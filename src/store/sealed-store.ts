import { dirname } from 'node:path';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { sweepLeftovers } from '../host/sweep-leftovers.js';
import { visible } from '../visible.js';
import { IV_BYTES } from './envelope.js';
import { ownNames } from './own-files.js';
import { formatSealed, openSealed, parseSealed, type SealedFile } from './sealed-file.js';
import type { SecretStore } from './secret-store.js';

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
    const text = host.files.readOwn(pathOf(name));
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
      return openSealed(await place.key(), name, file) ?? damaged(host, place, pathOf(name));
    },
    write: async (name, facts, secrets) => {
      const key = await place.key();
      const text = formatSealed(key, host.randomBytes(IV_BYTES), name, facts, secrets);
      host.files.makePrivateDirectory(directory);
      if (place.isCache) tagCache(host, dirname(directory));
      sweepLeftovers(host, directory, () => true);
      host.files.writePrivate(pathOf(name), text);
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

/** @throws AssumeError STORE_UNAVAILABLE for what cannot be had again. */
function damaged(host: Host, { isCache }: SealedPlace, path: string): null {
  const problem = `${visible(path)} was damaged or changed, and is not used`;
  if (!isCache) {
    throw new AssumeError('STORE_UNAVAILABLE', problem, {
      hint: 'bring the file back from a backup, or put the keys in again: assume identity add NAME',
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
