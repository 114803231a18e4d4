import { isAssumeError } from '../errors.js';
import type { FileFacts, Host } from '../host/host.js';
import { sweepLeftovers } from '../host/sweep-leftovers.js';
import { readIfOurs } from './attempt.js';
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
    read: (name) => (isOursAlone(host, pathOf(name)) ? readIfOurs(host, pathOf(name)) : null),
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
      filesIn(host, directory).flatMap((file) =>
        file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : [],
      ),
  };
}

/** In another user's directory there is nothing of ours. */
function filesIn({ files, userId }: Host, directory: string): string[] {
  const owner = files.facts(directory)?.userId ?? userId;
  if (userId !== null && owner !== userId) return [];
  // A directory that can be listed and not entered would seem to hold nothing that can be read.
  files.facts(`${directory}/.`);
  return files.list(directory);
}

/** A secret that others could have read or written is none of ours, nor what we may not look at. */
function isOursAlone(host: Host, path: string): boolean {
  const facts = factsOrNull(host, path);
  if (facts?.kind !== 'file') return false;
  if (host.platform === 'win32' || host.userId === null) return true;
  return facts.userId === host.userId && (facts.mode & 0o077) === 0;
}

function factsOrNull(host: Host, path: string): FileFacts | null {
  try {
    return host.files.facts(path);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return null;
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
