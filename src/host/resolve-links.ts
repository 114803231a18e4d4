import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { errnoOf } from './errno.js';

/** As many as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40;

/**
 * Where the path leads once every symbolic link is followed, even when nothing is there: dotfiles
 * often link to a file that is yet to be made. Its directory must exist. Throws the system's error.
 *
 * @throws AssumeError `CONFIG_UNREADABLE` when the links lead in a circle.
 */
export function resolveLinks(path: string): string {
  let current = path;
  for (let links = 0; links <= MOST_LINKS; links++) {
    const directory = realpathSync(dirname(current));
    current = join(directory, basename(current));
    const next = readLink(current);
    if (next === null) return current;
    current = resolve(directory, next);
  }
  throw new AssumeError(
    'CONFIG_UNREADABLE',
    `cannot edit ${visible(path)}: its symbolic links lead in a circle (ELOOP)`,
    { hint: `See where they lead: ls -l '${visible(path)}'` },
  );
}

/** `null` when it is no link or nothing is there. */
function readLink(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (thrown) {
    const name = errnoOf(thrown);
    // Windows says UNKNOWN of a plain file.
    if (name === 'EINVAL' || name === 'ENOENT' || process.platform === 'win32') return null;
    throw thrown;
  }
}
