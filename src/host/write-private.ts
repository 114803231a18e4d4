import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import { errnoOf } from './errno.js';
import { pause, writeAll } from './write-all.js';

/** Replaces the file in one step, 0600; a crash leaves the old or the new. Throws the system's error. */
export function writePrivate(path: string, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const temporary = writeBeside(path, bytes, fsyncSync);
  try {
    renameOver(temporary, path);
  } catch (thrown) {
    removeQuietly(temporary);
    throw thrown;
  }
}

/**
 * Creates the file whole, 0600, unless one is there: link(2) shows a complete file or none, where
 * `open(O_EXCL)` would show an empty one first. Tells whether it did. Throws the system's error.
 */
export function createNew(path: string, text: string): boolean {
  const temporary = writeBeside(path, Buffer.from(text));
  try {
    linkSync(temporary, path);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST') return false;
    throw thrown;
  } finally {
    removeQuietly(temporary);
  }
}

/**
 * Writes a new 0600 file `PATH.assume-PID-…` in the same directory and gives its path; when that
 * fails, nothing is left. The name tells whose it was, so that the dead's can be swept.
 *
 * @param finish - done to the open file once it is complete.
 */
export function writeBeside(
  path: string,
  bytes: Uint8Array,
  finish?: (descriptor: number) => void,
): string {
  const temporary = temporaryName(path);
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    fill(descriptor, bytes, finish);
  } catch (thrown) {
    removeQuietly(temporary);
    throw thrown;
  }
  return temporary;
}

/** Closes the file, too: a disk on the network may say only then that it is full. */
function fill(descriptor: number, bytes: Uint8Array, finish?: (descriptor: number) => void): void {
  try {
    // A umask may take even the owner's rights.
    fchmodSync(descriptor, 0o600);
    writeAll(descriptor, bytes);
    const { size } = fstatSync(descriptor);
    if (size !== bytes.length) throw new Error(`the file holds ${size.toString()} bytes`);
    finish?.(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** rename(2). On Windows a virus scanner may hold the file for a moment: then again. */
export function renameOver(from: string, to: string): void {
  for (let triesLeft = process.platform === 'win32' ? 8 : 0; ; triesLeft--) {
    try {
      renameSync(from, to);
      return;
    } catch (thrown) {
      const isHeld = ['EPERM', 'EBUSY', 'EACCES'].includes(errnoOf(thrown) ?? '');
      if (triesLeft === 0 || !isHeld) throw thrown;
      pause(25);
    }
  }
}

/** Removes what is only litter: that it cannot be removed must not hide the error that matters. */
export function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    return;
  }
}

/** It need not be unguessable: `wx` refuses whatever is already there, links included. */
export function temporaryName(path: string): string {
  return `${path}.assume-${process.pid.toString()}-${Math.random().toString(36).slice(2, 10)}`;
}
