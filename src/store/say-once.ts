import { createHash } from 'node:crypto';
import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';

/**
 * Tells a person something that is worth telling once, and again only when it has changed. Of
 * processes that start together one tells it. Where nothing can be remembered it is told each time.
 *
 * @param topic - Names the note, such as `store`; no topic begins with another.
 * @param state - What it is about now; told again when this differs from last time.
 */
export function sayOnce(host: Host, topic: string, state: string, text: string): void {
  if (claim(host, `told-${topic}-`, state)) host.stderr(`assume: ${text}\n`);
}

/** Leaves a note of the state in the place of an earlier one; tells whether it was not there yet. */
function claim(host: Host, prefix: string, state: string): boolean {
  const directory = ownDirectory(host, 'state');
  if (directory === null) return true;
  const name = prefix + createHash('sha256').update(state).digest('hex').slice(0, 16);
  try {
    if (host.files.facts(`${directory}/${name}`) !== null) return false;
    host.files.makePrivateDirectory(directory);
    if (!host.files.createNew(`${directory}/${name}`, state)) return false;
    for (const other of host.files.list(directory)) {
      // Not what another process is just about to make one of.
      const isNote = other.startsWith(prefix) && other.length === name.length;
      if (isNote && other !== name) host.files.remove(`${directory}/${other}`);
    }
  } catch (error) {
    if (!isAssumeError(error)) throw error;
  }
  return true;
}
