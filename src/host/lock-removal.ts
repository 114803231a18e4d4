import { dirname, join } from 'node:path';
import { isAssumeError } from '../errors.js';
import type { Host } from './host.js';
import { isHolderDead, readHolding, type Holding } from './lock-record.js';

/** Litter of killed processes is swept when it is older than any live process could need it. */
const LITTER_MS = 10 * 60_000;

/**
 * Takes a lock file away if it still is that holding: for its holder, who is done, and for a waiter
 * who found the holder dead. Between reading a lock and unlinking it, somebody else may have removed
 * it and a third taken it; so only he may unlink who first created the *claim* on just this holding,
 * and nobody else can remove the file while he has it. A claimant who died is succeeded by the next
 * number.
 */
export function removeLock(host: Host, lockFile: string, held: Holding, self: Holding): void {
  const claims = claim(host, `${lockFile}.${held.nonce}.claim`, self);
  if (claims === null) return;
  if (host.files.readText(lockFile) === held.text) host.files.remove(lockFile);
  for (const path of claims) host.files.remove(path);
}

/** Gives the lock back. On a full disk nobody can make a claim: there it is done without. */
export function releaseLock(host: Host, lockFile: string, self: Holding): void {
  try {
    removeLock(host, lockFile, self, self);
  } catch (thrown) {
    if (!isAssumeError(thrown)) throw thrown;
    if (host.files.readText(lockFile) === self.text) host.files.remove(lockFile);
  }
}

/** All claims up to our own; `null` when a living process has one. */
function claim(host: Host, prefix: string, self: Holding): string[] | null {
  const claims: string[] = [];
  for (;;) {
    const path = `${prefix}${claims.length.toString()}`;
    claims.push(path);
    if (host.files.createNew(path, self.text)) return claims;
    const rival = readHolding(host, path);
    if (rival && !isHolderDead(host, path, rival)) return null;
  }
}

/** Removes what killed processes left beside a lock: claims, failures, temporary files, other locks. */
export function sweepLitter(host: Host, lockFile: string, self: Holding): void {
  const directory = dirname(lockFile);
  for (const name of host.files.list(directory)) {
    const path = join(directory, name);
    const modified = host.files.facts(path)?.modified;
    if (!modified || host.now().getTime() - modified.getTime() <= LITTER_MS) continue;
    if (name.includes('.')) host.files.remove(path);
    else removeIfDead(host, path, self);
  }
}

function removeIfDead(host: Host, lockFile: string, self: Holding): void {
  const held = readHolding(host, lockFile);
  if (held && isHolderDead(host, lockFile, held)) removeLock(host, lockFile, held, self);
}
