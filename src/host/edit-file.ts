import { basename, dirname } from 'node:path';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { attempt, namingFile } from './file-error.js';
import {
  closeSnapshot,
  factsAt,
  isUnchanged,
  openSnapshot,
  writtenSince,
} from './file-snapshot.js';
import type { Snapshot } from './file-snapshot.js';
import type { EditOptions, Host } from './host.js';
import { isLeft, lastEditOf, looksCut, readLastEdit, writeLastEdit } from './last-edit.js';
import type { LastEdit } from './last-edit.js';
import { isLockUnavailable, withLock } from './lock.js';
import { createWithParents } from './private-directory.js';
import { replaceFile } from './replace-file.js';
import { resolveLinks } from './resolve-links.js';
import { sweepLeftovers } from './sweep-leftovers.js';

/** Many of ours may stand before us, each of which takes about a tenth of a second. */
const LOCK_WAIT_MS = 30_000;
/** For so long nobody must have written: who rewrites a file in place truncates it first. */
const QUIET_MS = 50;
/** The same where what is there may be but the beginning of what is coming. */
const CUT_QUIET_MS = 1500;
/** How soon a program that had the file open writes into it, though we have replaced it. */
const ORPHAN_MS = 40;
const MOST_WAITING_MS = 10_000;
const WAY_OUT =
  'Let AWS tools ask assume instead (credential_process = assume credential-process TARGET), ' +
  'or point AWS_SHARED_CREDENTIALS_FILE or AWS_CONFIG_FILE at a file that can be replaced.';

/**
 * Edits a file that other programs own too, by the rules of `Files.edit`. Processes of ours take
 * turns. The AWS CLI takes none: it reads the file, truncates it and writes it anew, so we look
 * before, at the moment of replacing, and behind us.
 *
 * @throws AssumeError `FAILED` when it cannot be written; `CONFIG_UNREADABLE` when it cannot be read;
 *   `LOCK_TIMEOUT`. The file is as it was.
 */
export async function editFile(
  host: Host,
  path: string,
  edit: (text: string) => string,
  { isSecret = false }: EditOptions = {},
): Promise<void> {
  const target = attemptEdit(path, () => {
    createWithParents(dirname(path));
    return resolveLinks(path);
  });
  await inTurn(host, target, async () => {
    attemptEdit(target, () => {
      sweepLeftovers(host, dirname(target), (file) => file === basename(target));
    });
    const left = readLastEdit(host, target);
    const turn: Turn = { host, target, edit, isSecret, left, waitedMs: 0 };
    let outcome: Outcome = { isDone: false, orphan: null };
    while (!outcome.isDone) outcome = await tryOnce(turn, outcome.orphan);
  });
}

interface Turn {
  readonly host: Host;
  readonly target: string;
  readonly edit: (text: string) => string;
  readonly isSecret: boolean;
  /** The last time that one of ours edited it; soon by us. */
  left: LastEdit;
  waitedMs: number;
}

interface Outcome {
  readonly isDone: boolean;
  /** What another program wrote into the file that we had replaced already. */
  readonly orphan: string | null;
}

/** @param orphan - To be edited instead of what is there. */
async function tryOnce(turn: Turn, orphan: string | null): Promise<Outcome> {
  const { host, target, isSecret } = turn;
  const before = attemptEdit(target, () => openSnapshot(target));
  try {
    if (orphan === null && !(await isQuiet(turn, before))) return { isDone: false, orphan };
    const text = namingFile(target, () => turn.edit(orphan ?? before.text));
    if (text === before.text) return { isDone: true, orphan: null };
    const placed = attemptEdit(target, () => replaceFile(target, before, text, isSecret));
    if (placed === null) return { isDone: false, orphan: null };
    turn.left = lastEditOf(text, placed);
    writeLastEdit(host, target, turn.left);
    await pause(turn, ORPHAN_MS);
    const written = await orphanedText(turn, before);
    return { isDone: written === null && isLeft(factsAt(target), turn.left), orphan: written };
  } finally {
    closeSnapshot(before);
  }
}

/** Tells whether nobody has written for long enough that the text must be whole; waits if need be. */
async function isQuiet(turn: Turn, before: Snapshot): Promise<boolean> {
  if (before.facts === null || isLeft(before.facts, turn.left)) return true;
  const wantedMs = looksCut(before.text, turn.left) ? CUT_QUIET_MS : QUIET_MS;
  const ageMs = turn.host.now().getTime() - Number(before.facts.mtimeMs);
  if (ageMs >= wantedMs) return true;
  // Where the clock was set back it is younger than new.
  await pause(turn, Math.min(wantedMs, wantedMs - ageMs));
  return isUnchanged(turn.target, before);
}

/** What another program wrote into the file that we replaced, once it is whole; `null` for nothing. */
async function orphanedText(turn: Turn, before: Snapshot): Promise<string | null> {
  for (let written = writtenSince(before); written !== null;) {
    const isCut = looksCut(written, before.text);
    await pause(turn, isCut ? CUT_QUIET_MS : QUIET_MS);
    const now = writtenSince(before);
    // Truncated and left so: its writer was killed, and what we have is better.
    if (now === written) return now === '' ? null : now;
    written = now;
  }
  return null;
}

async function pause(turn: Turn, milliseconds: number): Promise<void> {
  turn.waitedMs += milliseconds;
  if (turn.waitedMs > MOST_WAITING_MS) {
    throw new AssumeError('FAILED', `cannot edit ${visible(turn.target)}: it keeps changing`, {
      hint: 'Find out what keeps writing to it, then try again.',
    });
  }
  await turn.host.sleep(milliseconds);
}

/** Where no lock can be had (a read-only HOME), comparing before the rename has to be enough. */
async function inTurn(host: Host, target: string, work: () => Promise<void>): Promise<void> {
  try {
    await withLock(host, target, { waitMs: LOCK_WAIT_MS }, work);
  } catch (thrown) {
    if (!isLockUnavailable(thrown)) throw thrown;
    await work();
  }
}

function attemptEdit<T>(path: string, action: () => T): T {
  return attempt('FAILED', 'edit', path, action, WAY_OUT);
}
