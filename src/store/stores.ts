import type { Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { formatOrigin } from '../target/target.js';
import { nearest, settingsOf } from '../target/layers.js';
import { findMemoryDirectory, memoryDirectories } from './memory-directory.js';
import { makeNoStore, makePlainStore } from './plain-store.js';
import type { SecretStore } from './secret-store.js';

/**
 * The store that `store = …` in `[settings]` names. Without it sessions rest in clear, in memory
 * alone; where no directory lives in memory, nothing is kept.
 *
 * @throws AssumeError STORE_UNAVAILABLE for a store that cannot be had: never another in its place.
 */
export function openStore(config: Config, host: Host): SecretStore {
  const setting = nearest([settingsOf(config)], 'store');
  if (setting === null) return openMemoryStore(host);
  switch (setting.value) {
    case 'auto':
      return openMemoryStore(host);
    case 'plain':
      return openPlainStore(host, formatOrigin(setting.origin));
    default:
      throw new AssumeError(
        'STORE_UNAVAILABLE',
        `store = ${setting.value} (${formatOrigin(setting.origin)}) is not in this version of assume`,
        { hint: 'set store = auto (in memory) or store = plain (in clear, on disk)' },
      );
  }
}

function openMemoryStore(host: Host): SecretStore {
  const { path, refusals } = findMemoryDirectory(host);
  if (path !== null) {
    return makePlainStore(host, path, 'in memory only; --no-cache keeps nothing');
  }
  const why = refusals.map(({ message }) => message).join('; ');
  return makeNoStore(
    `${why || 'no directory here lives in memory'}; store = plain keeps sessions on disk, in clear`,
  );
}

function openPlainStore(host: Host, origin: string): SecretStore {
  const directory = ownDirectory(host, 'cache');
  return directory === null
    ? makeNoStore('HOME is not set')
    : makePlainStore(host, directory, `store = plain (${origin})`);
}

/** Every store that any configuration could have put sessions into, for whoever clears them all. */
export function possibleStores(host: Host): SecretStore[] {
  const cache = ownDirectory(host, 'cache');
  const places = [...memoryDirectories(host), ...(cache === null ? [] : [cache])];
  return places.map((place) => makePlainStore(host, place, 'any configuration'));
}
