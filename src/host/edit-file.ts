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
import { basename, dirname } from 'node:path';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { attempt, errnoOf } from './file-error.js';
import { isUnchanged, takeSnapshot, type Snapshot } from './file-snapshot.js';
import type { Host } from './host.js';
import { isLockUnavailable, withLock } from './lock.js';
import { createWithParents } from './private-directory.js';
import { resolveLinks } from './resolve-links.js';
import { sweepLeftovers } from './sweep-leftovers.js';
import { removeQuietly, renameOver, writeBeside } from './write-private.js';

const LOCK_WAIT_MS = 10_000;
const MOST_TRIES = 100;
const WAY_OUT =
  'Let AWS tools ask assume instead (credential_process = assume credential-process TARGET), ' +
  'or point AWS_SHARED_CREDENTIALS_FILE or AWS_CONFIG_FILE at a file that can be replaced.';

/**
 * Edits a file that other programs own too, by the rules of `Files.edit`: never in place, and never
 * over a change that was made meanwhile.
 *
 * @throws AssumeError `CONFIG_UNREADABLE` when it cannot be done; `LOCK_TIMEOUT`. The file is as it was.
 */
export async function editFile(
  host: Host,
  path: string,
  edit: (text: string) => string,
): Promise<void> {
  const target = attemptEdit(path, () => {
    createWithParents(dirname(path));
    return resolveLinks(path);
  });
  await locked(host, target, async () => {
    attemptEdit(target, () => {
      sweepLeftovers(host, dirname(target), (file) => file === basename(target));
    });
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      if (attemptEdit(target, () => replaceIfUnchanged(target, edit))) return;
      await host.sleep(10);
    }
    throw new AssumeError(
      'CONFIG_UNREADABLE',
      `cannot edit ${visible(target)}: it keeps changing`,
      {
        hint: 'Find out what keeps writing to it, then try again.',
      },
    );
  });
}

/** Where no lock can be had (a read-only HOME), comparing before the rename has to be enough. */
async function locked(host: Host, target: string, work: () => Promise<void>): Promise<void> {
  try {
    await withLock(host, target, { waitMs: LOCK_WAIT_MS }, work);
  } catch (thrown) {
    if (!isLockUnavailable(thrown)) throw thrown;
    await work();
  }
}

function attemptEdit<T>(path: string, action: () => T): T {
  return attempt('CONFIG_UNREADABLE', 'edit', path, action, WAY_OUT);
}

/** Tells whether it is done; `false` when the file changed under us. */
function replaceIfUnchanged(target: string, edit: (text: string) => string): boolean {
  const before = takeSnapshot(target);
  const text = edit(before.text);
  if (text === before.text) return true;
  const temporary = writeBeside(target, latin1(text), (descriptor) => {
    if (before.facts) keepOwnerAndMode(descriptor, before.facts);
    fsyncSync(descriptor);
  });
  try {
    if (!isUnchanged(target, before) || !putInPlace(temporary, target, before)) return false;
  } finally {
    removeQuietly(temporary);
  }
  syncDirectory(dirname(target));
  return true;
}

function latin1(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  if (bytes.toString('latin1') !== text)
    throw new TypeError('an edit gave text that is not latin1');
  return bytes;
}

/** Where the group cannot be kept, its rights would go to another one: they are dropped. */
function keepOwnerAndMode(descriptor: number, facts: BigIntStats): void {
  let mode = Number(facts.mode) & 0o777;
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
