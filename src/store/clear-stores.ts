import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { findMemoryDirectory, memoryDirectories } from './memory-directory.js';
import { makeNoStore, makePlainStore } from './plain-store.js';
import type { SecretStore } from './secret-store.js';

/** Sessions in clear, in memory alone; where no directory lives in memory, nothing is kept. */
export function openMemoryStore(host: Host, problem: string): SecretStore {
  const { path, refusals } = findMemoryDirectory(host);
  if (path !== null) {
    const ways = 'to encrypt: assume config store passphrase; to keep nothing: --no-cache';
    return makePlainStore(host, path, `in memory only, as ${problem}; ${ways}`);
  }
  const why =
    refusals.map(({ message }) => message).join('; ') || 'no directory here lives in memory';
  const ways = 'store = passphrase encrypts what is kept, store = plain keeps it on disk, in clear';
  return makeNoStore(`${why}, and ${problem}; ${ways}`);
}

/** Sessions in clear, on the disk, because someone has said so. */
export function openDiskStore(host: Host, reason: string): SecretStore {
  const directory = ownDirectory(host, 'cache');
  return directory === null
    ? makeNoStore('HOME is not set')
    : makePlainStore(host, directory, reason);
}

/** Every store in clear that sessions may lie in. */
export function clearStores(host: Host): SecretStore[] {
  const cache = ownDirectory(host, 'cache');
  const places = [...memoryDirectories(host), ...(cache === null ? [] : [cache])];
  return places.map((place) => makePlainStore(host, place, 'any configuration'));
}
