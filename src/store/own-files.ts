import { isAssumeError } from '../errors.js';
import type { FileFacts, Host } from '../host/host.js';
import { readIfOurs } from './attempt.js';

/**
 * The text of a secret file. One that others could have read or written is none of ours, nor what
 * we may not look at: `null`.
 */
export function readOwnFile(host: Host, path: string): string | null {
  return isOursAlone(host, path) ? readIfOurs(host, path) : null;
}

/** What our files in the directory are called, without that ending. In another user's is nothing of ours. */
export function ownNames({ files, userId }: Host, directory: string, ending: string): string[] {
  const owner = files.facts(directory)?.userId ?? userId;
  if (userId !== null && owner !== userId) return [];
  // A directory that can be listed and not entered would seem to hold nothing that can be read.
  files.facts(`${directory}/.`);
  return files
    .list(directory)
    .flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));
}

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
