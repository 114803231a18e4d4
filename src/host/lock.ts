import { join } from 'node:path';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host, ProcessRecord } from './host.js';
import { leaveFailure, throwLeftFailure } from './lock-failure.js';
import { isHolderDead, newHolding, readHolding, type Holding } from './lock-record.js';
import { releaseLock, removeLock, sweepLitter } from './lock-removal.js';
import { LockWait } from './lock-wait.js';
import { ownDirectory } from './own-directory.js';

export interface LockOptions {
  /** `null`: as long as the holder lives. */
  readonly waitMs: number | null;
  /** Called once, after two seconds of waiting. */
  readonly onWait?: (holder: ProcessRecord) => void;
  /** Tells which failures of `work` also end the processes that already wait for it. */
  readonly shares?: (error: unknown) => boolean;
}

const UNAVAILABLE = Symbol.for('assume-cli.lock-unavailable');

/**
 * Does the work while no other process of this user holds the lock of that path. The lock is a file
 * named by the path's hash in our state directory, so that nothing appears beside the path itself.
 * A holder that died, by `kill -9` or a power failure, leaves no stuck lock; one that was stopped
 * for 3 s loses it, and leaves the new holder's alone when it comes back. Not re-entrant.
 *
 * @param path - absolute; need not exist.
 * @throws AssumeError `LOCK_TIMEOUT` after `waitMs`; the holder's own error where it `shares` it;
 *   one that `isLockUnavailable` knows when no lock can be made. `work` has not begun then.
 */
export async function withLock<T>(
  host: Host,
  path: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const self = newHolding(host);
  const lockFile = usable(() => prepareLockFile(host, path));
  await acquire(host, lockFile, self, options);
  try {
    return await work();
  } catch (thrown) {
    if (options.shares?.(thrown)) {
      quietly(() => {
        leaveFailure(host, lockFile, self.nonce, thrown);
      });
    }
    throw thrown;
  } finally {
    quietly(() => {
      releaseLock(host, lockFile, self);
      sweepLitter(host, lockFile, self);
    });
  }
}

/** Tells whether no lock could be made at all, as in a read-only or full home: the caller decides. */
export function isLockUnavailable(thrown: unknown): boolean {
  return isAssumeError(thrown) && UNAVAILABLE in thrown;
}

async function acquire(
  host: Host,
  lockFile: string,
  self: Holding,
  options: LockOptions,
): Promise<void> {
  const wait = new LockWait(host, options);
  let waitedFor: string | null = null;
  for (;;) {
    const held = usable(() => readHolding(host, lockFile));
    if (waitedFor !== null && held?.nonce !== waitedFor)
      throwLeftFailure(host, lockFile, waitedFor);
    waitedFor = held?.nonce ?? null;
    if (held === null) {
      if (usable(() => host.files.createNew(lockFile, self.text))) return;
    } else {
      const isStoppedTooLong = wait.isStoppedTooLong(held);
      usable(() => {
        if (isStoppedTooLong || isHolderDead(host, lockFile, held))
          removeLock(host, lockFile, held, self);
      });
    }
    wait.goOn(held?.holder ?? null);
    await host.sleep(jitterMs(host));
  }
}

/** 5 to 25 ms, so that those who wait do not all look at once. */
function jitterMs(host: Host): number {
  return 5 + ((host.randomBytes(1)[0] ?? 0) % 21);
}

function prepareLockFile(host: Host, path: string): string {
  const state = ownDirectory(host, 'state');
  if (state === null) {
    throw new AssumeError('FAILED', 'there is no home directory for a lock', {
      hint: 'set HOME, or XDG_STATE_HOME to a directory of yours',
    });
  }
  const directory = join(state, 'locks');
  host.files.makePrivateDirectory(state);
  host.files.makePrivateDirectory(directory);
  const { createHash } = process.getBuiltinModule('node:crypto');
  return join(directory, createHash('sha256').update(path).digest('hex'));
}

function usable<T>(action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    if (!isAssumeError(thrown)) throw thrown;
    const { message, hint } = thrown;
    const unavailable = new AssumeError('FAILED', message, { hint, cause: thrown });
    throw Object.assign(unavailable, { [UNAVAILABLE]: true });
  }
}

/** Tidying up: its failure must not hide how the work ended. What stays is broken as a dead one's. */
function quietly(action: () => void): void {
  try {
    action();
  } catch {
    return;
  }
}
