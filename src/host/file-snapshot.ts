import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  type BigIntStats,
} from 'node:fs';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { isAbsence } from './file-error.js';
import { requireRegularFile } from './regular-file.js';

/** A file at one moment; `facts` is `null` when there was none. */
export interface Snapshot {
  /** latin1: every byte survives. */
  readonly text: string;
  readonly facts: BigIntStats | null;
}

/**
 * Reads the file, its symbolic links resolved already, as latin1. Throws the system's error.
 *
 * @throws AssumeError `CONFIG_UNREADABLE` when it is no file, too long or another user's.
 */
export function takeSnapshot(target: string): Snapshot {
  let descriptor: number;
  try {
    // Not blocking: a FIFO must be refused, not waited for. Links are resolved already.
    descriptor = openSync(target, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (thrown) {
    if (isAbsence(thrown)) return { text: '', facts: null };
    throw thrown;
  }
  try {
    const facts = fstatSync(descriptor, { bigint: true });
    requireRegularFile('edit', target, facts);
    refuseAnothers(target, facts);
    return { text: readFileSync(descriptor, 'latin1'), facts };
  } finally {
    closeSync(descriptor);
  }
}

function refuseAnothers(target: string, facts: BigIntStats): void {
  if (process.getuid !== undefined && facts.uid !== BigInt(process.getuid())) {
    const owner = facts.uid.toString();
    throw new AssumeError(
      'CONFIG_UNREADABLE',
      `cannot edit ${visible(target)}: it belongs to another user (uid ${owner})`,
      { hint: 'Run as that user, or name a file of your own with AWS_SHARED_CREDENTIALS_FILE.' },
    );
  }
}

/** Tells whether the very same file, or again none, is at that path. */
export function isUnchanged(target: string, { facts: before }: Snapshot): boolean {
  const now = lstatSync(target, { bigint: true, throwIfNoEntry: false });
  if (now === undefined || before === null) return now === undefined && before === null;
  const deciding = ['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs'] as const;
  return deciding.every((fact) => now[fact] === before[fact]);
}
