import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type BigIntStats,
} from 'node:fs';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { isAbsence } from './file-error.js';
import { requireRegularFile } from './regular-file.js';

/** A file at one moment, still open: `facts` and `descriptor` are `null` when there was none. */
export interface Snapshot {
  /** latin1: every byte survives. */
  readonly text: string;
  readonly facts: BigIntStats | null;
  readonly descriptor: number | null;
}

/**
 * Reads the file, its symbolic links resolved already, as latin1, and keeps it open: what another
 * program writes into it after it was replaced can only be read so. Throws the system's error.
 *
 * @throws AssumeError `CONFIG_UNREADABLE` when it is no file or too long; `FAILED` when it is another
 *   user's.
 */
export function openSnapshot(target: string): Snapshot {
  let descriptor: number;
  try {
    // Not blocking: a FIFO must be refused, not waited for. Links are resolved already.
    descriptor = openSync(target, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (thrown) {
    if (isAbsence(thrown)) return { text: '', facts: null, descriptor: null };
    throw thrown;
  }
  try {
    const facts = fstatSync(descriptor, { bigint: true });
    requireRegularFile('edit', target, facts);
    refuseAnothers(target, facts);
    return { text: readAgain(descriptor), facts, descriptor };
  } catch (thrown) {
    closeSync(descriptor);
    throw thrown;
  }
}

/** Lets the file go. */
export function closeSnapshot({ descriptor }: Snapshot): void {
  if (descriptor !== null) closeSync(descriptor);
}

/** All of an open file from its start, wherever it was read to before. */
export function readAgain(descriptor: number): string {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const chunk = Buffer.alloc(64 * 1024);
    const count = readSync(descriptor, chunk, 0, chunk.length, at);
    if (count === 0) return Buffer.concat(chunks).toString('latin1');
    chunks.push(chunk.subarray(0, count));
    at += count;
  }
}

function refuseAnothers(target: string, facts: BigIntStats): void {
  if (process.getuid !== undefined && facts.uid !== BigInt(process.getuid())) {
    const owner = facts.uid.toString();
    throw new AssumeError(
      'FAILED',
      `cannot edit ${visible(target)}: it belongs to another user (uid ${owner})`,
      { hint: 'Run as that user, or name a file of your own with AWS_SHARED_CREDENTIALS_FILE.' },
    );
  }
}

/** What is at that path now; `null` for nothing. */
export function factsAt(target: string): BigIntStats | null {
  return lstatSync(target, { bigint: true, throwIfNoEntry: false }) ?? null;
}

/** Tells whether the very same file, or again none, is at that path. */
export function isUnchanged(target: string, { facts: before }: Snapshot): boolean {
  const now = factsAt(target);
  if (now === null || before === null) return now === before;
  const deciding = ['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs'] as const;
  return deciding.every((fact) => now[fact] === before[fact]);
}

/**
 * What another program has written into the file since; `null` when nothing, or where there was no
 * file. Its time of change says nothing: being replaced changes that, too.
 */
export function writtenSince({ descriptor, facts, text }: Snapshot): string | null {
  if (descriptor === null || facts === null) return null;
  const now = fstatSync(descriptor, { bigint: true });
  if (now.size === facts.size && now.mtimeNs === facts.mtimeNs) return null;
  const written = readAgain(descriptor);
  return written === text ? null : written;
}
