import type { EntryFacts } from './cache-entry.js';

const MINUTE_MS = 60_000;

/** SDKs ask `credential-process` again when less than 15 minutes are left. */
export const RENEWING_MARGIN_MS = 15 * MINUTE_MS;

/** What nothing renews should last a while. */
export const ONE_SHOT_MARGIN_MS = 30 * MINUTE_MS;

/** A session that signs one more request needs no more than that request's time. */
const SIGNING_MARGIN_MS = MINUTE_MS;

/**
 * When credentials that AWS has just given are to be forgotten: at the end that it names, or once
 * they have lasted here, where the clock may be behind AWS's, or was set back while it answered.
 */
export function forgottenAt(
  { startedAt, now }: { readonly startedAt: Date; readonly now: Date },
  durationSeconds: number,
  expiration: Date,
): Date {
  const begun = Math.min(startedAt.getTime(), now.getTime());
  return new Date(Math.min(expiration.getTime(), begun + durationSeconds * 1000));
}

/** Enough is left of it: `marginMs`, or half its lifetime if that is less. */
export function isFresh(entry: EntryFacts, now: Date, marginMs: number): boolean {
  const expires = entry.keptUntil.getTime();
  const lifetime = expires - entry.startedAt.getTime();
  const left = expires - now.getTime();
  return left > 0 && left >= Math.min(marginMs, lifetime / 2);
}

/** It has not expired, with time for one request. */
export function isAlive(entry: EntryFacts, now: Date): boolean {
  return entry.keptUntil.getTime() - now.getTime() > SIGNING_MARGIN_MS;
}

/** The code behind the session is no older than the target allows. */
export function isYoungEnough(entry: EntryFacts, now: Date, maxAgeSeconds: number | null): boolean {
  const ageMs = now.getTime() - entry.startedAt.getTime();
  return maxAgeSeconds === null || ageMs < maxAgeSeconds * 1000;
}
