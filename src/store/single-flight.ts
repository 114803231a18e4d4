import { isAssumeError, type ErrorCode } from '../errors.js';
import { isLockUnavailable, withLock } from '../host/lock.js';
import { refuseCircle } from './command-chain.js';
import type { Options } from '../argv.js';
import type { Host, ProcessRecord } from '../host/host.js';

/** What waiting for another process takes. */
export interface Flight {
  readonly host: Host;
  readonly options: Options;
  /** How long to wait for another process at the same work; `null`: as long as it lives. */
  readonly lockWaitMs: number | null;
}

/** Ends that come from the person or from AWS, and that asking again would only repeat. */
const SHARED: readonly ErrorCode[] = [
  'CANCELLED',
  'MFA_CODE_REFUSED',
  'AWS_REFUSED',
  'IDENTITY_INVALID',
];

/**
 * Does work that only one process at a time should do, such as asking a code. Those who wait look
 * into the cache again when it is their turn; a refusal or a cancel ends them too. Where no lock can
 * be made, the work is done without.
 *
 * @param name - What is worked at, the same in every process.
 * @param what - The same for people: words that follow "waiting for another assume to".
 * @throws AssumeError LOCK_TIMEOUT when the other takes too long.
 */
export async function singleFlight<T>(
  flight: Flight,
  name: string,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  const state = { isBegun: false };
  const once = (): Promise<T> => {
    state.isBegun = true;
    return work();
  };
  const options = {
    waitMs: flight.lockWaitMs,
    onWait: sayWaiting(flight, what),
    shares: (error: unknown) => isAssumeError(error) && SHARED.includes(error.code),
  };
  try {
    return await withLock(flight.host, `/assume/${name}`, options, once);
  } catch (error) {
    if (state.isBegun || !isLockUnavailable(error)) throw error;
    return work();
  }
}

/**
 * Tells for whom this process waits.
 *
 * @returns A function that throws MFA_NEEDED where the other waits for us.
 */
function sayWaiting({ host, options }: Flight, what: string): (holder: ProcessRecord) => void {
  return ({ pid }) => {
    refuseCircle(host, pid, what);
    if (options.quiet) return;
    host.stderr(`assume: waiting for another assume (process ${String(pid)}) to ${what}\n`);
  };
}
