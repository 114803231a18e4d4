import type { Host } from '../host/host.js';
import { sweepLeftovers } from '../host/sweep-leftovers.js';
import { parseRecord } from './json-record.js';
import { ownNames } from './own-files.js';
import type { Fields, SecretStore } from './secret-store.js';

const ENDING = '.json';

/**
 * Files in clear, 0600 in a 0700 directory of ours: one a secret. For temporary credentials only.
 */
export function makePlainStore(host: Host, directory: string, reason: string): SecretStore {
  const pathOf = (name: string): string => `${directory}/${name}${ENDING}`;
  const facts = (name: string): Fields | null => {
    const text = host.files.readOwn(pathOf(name));
    return text === null ? null : parseRecord(text);
  };
  return {
    name: 'plain',
    path: directory,
    reason,
    isEncrypted: false,
    names: () => ownNames(host, directory, ENDING),
    facts,
    read: (name) => Promise.resolve(facts(name)),
    write: async (name, facts, secrets) => {
      host.files.makePrivateDirectory(directory);
      sweepLeftovers(host, directory, () => true);
      host.files.writePrivate(pathOf(name), JSON.stringify({ ...facts, ...secrets }));
      return Promise.resolve();
    },
    remove: (name) => {
      sweepLeftovers(host, directory, () => true);
      return host.files.remove(pathOf(name));
    },
  };
}

/** Keeps nothing: every run starts from the identity. */
export function makeNoStore(reason: string): SecretStore {
  return {
    name: 'none',
    path: null,
    reason,
    isEncrypted: false,
    names: () => [],
    facts: () => null,
    read: () => Promise.resolve(null),
    write: () => Promise.resolve(),
    remove: () => false,
  };
}
