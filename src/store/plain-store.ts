import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { sweepLeftovers } from '../host/sweep-leftovers.js';
import type { SecretStore } from './secret-store.js';

/**
 * Files in clear, 0600 in a 0700 directory of ours: one a secret. For temporary credentials only.
 */
export function makePlainStore(host: Host, directory: string, reason: string): SecretStore {
  const pathOf = (name: string): string => `${directory}/${name}.json`;
  return {
    name: 'plain',
    path: directory,
    reason,
    read: (name) => (isOursAlone(host, pathOf(name)) ? host.files.readText(pathOf(name)) : null),
    write: (name, text) => {
      host.files.makePrivateDirectory(directory);
      sweepLeftovers(host, directory, () => true);
      host.files.writePrivate(pathOf(name), text);
    },
    remove: (name) => {
      sweepLeftovers(host, directory, () => true);
      return host.files.remove(pathOf(name));
    },
    names: () =>
      orNothing(() => host.files.list(directory), []).flatMap((file) =>
        file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : [],
      ),
  };
}

/** A secret that others could have read or written is none of ours. */
function isOursAlone(host: Host, path: string): boolean {
  const facts = orNothing(() => host.files.facts(path), null);
  if (facts?.kind !== 'file') return false;
  if (host.platform === 'win32' || host.userId === null) return true;
  return facts.userId === host.userId && (facts.mode & 0o077) === 0;
}

/** In a directory that is not ours to enter there is nothing of ours. */
function orNothing<T>(look: () => T, nothing: T): T {
  try {
    return look();
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return nothing;
  }
}

/** Keeps nothing: every run starts from the identity. */
export function makeNoStore(reason: string): SecretStore {
  return {
    name: 'none',
    path: null,
    reason,
    read: () => null,
    write: () => undefined,
    remove: () => false,
    names: () => [],
  };
}
