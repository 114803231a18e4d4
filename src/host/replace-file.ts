import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  type BigIntStats,
} from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf } from './errno.js';
import { isUnchanged, type Snapshot } from './file-snapshot.js';
import { removeQuietly, renameOver, writeBeside } from './write-private.js';

/**
 * Puts another text in the place of the file, in one step, with its mode and its group; never in
 * place, so that a crash or a full disk leaves the old or the new. Throws the system's error.
 *
 * @param text - latin1.
 * @param isSecret - Nobody but its owner may read it from now on.
 * @returns The new file's facts; `null`, and nothing done, when another program changed it since.
 */
export function replaceFile(
  target: string,
  before: Snapshot,
  text: string,
  isSecret: boolean,
): BigIntStats | null {
  let placed: BigIntStats | null = null;
  const temporary = writeBeside(target, latin1(text), (descriptor) => {
    if (before.facts) keepOwnerAndMode(descriptor, before.facts, isSecret);
    fsyncSync(descriptor);
    placed = fstatSync(descriptor, { bigint: true });
  });
  try {
    if (!isUnchanged(target, before) || !putInPlace(temporary, target, before)) return null;
  } finally {
    removeQuietly(temporary);
  }
  syncDirectory(dirname(target));
  return placed;
}

function latin1(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  if (bytes.toString('latin1') !== text)
    throw new TypeError('an edit gave text that is not latin1');
  return bytes;
}

/** Where the group cannot be kept, its rights would go to another one: they are dropped. */
function keepOwnerAndMode(descriptor: number, facts: BigIntStats, isSecret: boolean): void {
  let mode = Number(facts.mode) & (isSecret ? 0o700 : 0o777);
  if (fstatSync(descriptor, { bigint: true }).gid !== facts.gid) {
    try {
      fchownSync(descriptor, Number(facts.uid), Number(facts.gid));
    } catch {
      mode &= 0o707;
    }
  }
  fchmodSync(descriptor, mode);
}

/** A new file is linked, not renamed, into place: one that appeared this very moment stays. */
function putInPlace(temporary: string, target: string, before: Snapshot): boolean {
  try {
    if (before.facts === null) linkSync(temporary, target);
    else renameOver(temporary, target);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

/** Makes the rename itself last; some file systems cannot, and the edit is done all the same. */
function syncDirectory(directory: string): void {
  try {
    const descriptor = openSync(directory, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return;
  }
}
