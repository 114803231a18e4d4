import { chmodSync, lstatSync, mkdirSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { errnoOf } from './errno.js';
import { attempt, isAbsence } from './file-error.js';

/**
 * Creates the directory and its parents 0700 and proves that it is ours alone. An existing one
 * that is open to others is refused, not closed: what lies in it may already have been read.
 *
 * @throws AssumeError `FAILED` when it is a symbolic link, no directory, another user's or open.
 */
export function makePrivateDirectory(directory: string): void {
  attempt('FAILED', 'create the directory', directory, () => {
    createWithParents(directory);
  });
  provePrivateDirectory(directory);
}

/**
 * Proves that the directory is ours alone, where it is there; tells whether it is.
 *
 * @throws AssumeError `FAILED` as `makePrivateDirectory`, or when it may not be looked at.
 */
export function provePrivateDirectory(directory: string): boolean {
  const path = visible(directory);
  const hint = `See who may enter it: ls -ld '${visible(dirname(directory))}'`;
  const facts = attempt('FAILED', 'look at', directory, () => lookAt(directory), hint);
  if (facts === null) return false;
  if (!facts.isDirectory()) {
    throw new AssumeError('FAILED', `${path} must be a directory, not a link or a file`, {
      hint: `Move it away: mv '${path}' '${path}.old'`,
    });
  }
  // Windows has neither owner nor mode here: there the profile directory's own rights protect it.
  if (process.getuid === undefined) return true;
  if (facts.uid !== process.getuid()) {
    throw new AssumeError(
      'FAILED',
      `${path} belongs to another user (uid ${facts.uid.toString()})`,
      {
        hint: `Check HOME and the XDG variables; if it is a leftover of sudo: sudo rm -r '${path}'`,
      },
    );
  }
  if ((facts.mode & 0o077) !== 0) {
    throw new AssumeError('FAILED', `${path} is open to other users (mode ${octal(facts.mode)})`, {
      hint: `See what lies in it, then close it: chmod 700 '${path}'`,
    });
  }
  return true;
}

/** `null` when nothing is there. */
function lookAt(directory: string): Stats | null {
  try {
    return lstatSync(directory);
  } catch (thrown) {
    if (isAbsence(thrown)) return null;
    throw thrown;
  }
}

/**
 * Creates the directory and its parents, 0700, unless they are there. Not `recursive`: that never ends
 * where the parent is there and takes no children, as in /proc. Throws the system's error.
 */
export function createWithParents(directory: string): void {
  if (createIfAbsent(directory)) return;
  createWithParents(dirname(directory));
  // A parent that is there and takes no child: this throws why.
  if (!createIfAbsent(directory)) mkdirSync(directory, { mode: 0o700 });
}

/** Tells whether it is there now; `false` when its parent is not. */
function createIfAbsent(directory: string): boolean {
  try {
    mkdirSync(directory, { mode: 0o700 });
    // A umask may take even the owner's rights.
    chmodSync(directory, 0o700);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST') return true;
    if (errnoOf(thrown) === 'ENOENT' && dirname(directory) !== directory) return false;
    throw thrown;
  }
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0');
}
