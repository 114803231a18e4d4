import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { readIfOurs } from './attempt.js';

/**
 * Tells a person something that is worth telling once, and again only when it has changed. Where
 * nothing can be remembered it is told each time.
 *
 * @param topic - Names the note, such as `store`.
 * @param state - What it is about now; told again when this differs from last time.
 */
export function sayOnce(host: Host, topic: string, state: string, text: string): void {
  const directory = ownDirectory(host, 'state');
  const note = directory === null ? null : `${directory}/told-${topic}`;
  if (note !== null && readIfOurs(host, note) === state) return;
  host.stderr(`assume: ${text}\n`);
  try {
    if (directory === null || note === null) return;
    host.files.makePrivateDirectory(directory);
    host.files.writePrivate(note, state);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
  }
}
