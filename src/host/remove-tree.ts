import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from './errno.js';

/**
 * Removes the directory and everything below it, even what its owner closed to himself, as package
 * managers close what they unpack. Throws the system's error.
 */
export function removeTree(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch (thrown) {
    if (errnoOf(thrown) === null) throw thrown;
    openTree(directory);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Opens the directories to us; a link to one is none. */
function openTree(directory: string): void {
  chmodSync(directory, 0o700);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) openTree(join(directory, entry.name));
  }
}
