import type { Environment, Files } from '../host/host.js';
import type { Seen } from '../host/watch-host.js';

/** What something was derived from, by which it can be told whether it still follows. */
export interface Evidence {
  readonly seen: Seen;
  /** Past it, in milliseconds of the clock, it may not; `null` where the time had no say. */
  readonly until: number | null;
}

/** A file may change again in the same tick of its clock, and look the same: FAT's is the longest. */
const TICK_MS = 2000;

/** What the time had a say in is looked at again after that long. */
const OF_ITS_TIME_MS = 5 * 60_000;

/** `null` where it could not be told again, or not yet: a file has just been changed. */
export function makeEvidence(seen: Seen | null, now: Date): Evidence | null {
  if (!seen || Math.abs(now.getTime() - seen.changedMs) < TICK_MS) return null;
  return { seen, until: seen.isOfItsTime ? now.getTime() + OF_ITS_TIME_MS : null };
}

/** Tells whether all of it is as it was. Opens nothing. */
export function isStillSo(
  host: {
    readonly env: Environment;
    readonly files: Pick<Files, 'fingerprint'>;
    now(): Date;
  },
  { seen, until }: Evidence,
): boolean {
  if (until !== null && until <= host.now().getTime()) return false;
  return (
    Object.entries(seen.variables).every(([name, value]) => (host.env[name] ?? null) === value) &&
    isThere(host.files, seen.places, 'place') &&
    isThere(host.files, seen.contents, 'content')
  );
}

function isThere(
  files: Pick<Files, 'fingerprint'>,
  seen: Seen['places'],
  aspect: 'place' | 'content',
): boolean {
  return Object.entries(seen).every(
    ([path, text]) => (files.fingerprint(path, aspect)?.text ?? null) === text,
  );
}
