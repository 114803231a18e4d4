import { isAssumeError, type ErrorCode } from '../errors.js';
import { isLockUnavailable, withLock } from '../host/lock.js';
import { sayWaiting, type Stage } from './stage.js';

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
  stage: Stage,
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
    waitMs: stage.lockWaitMs,
    onWait: sayWaiting(stage, what),
    shares: (error: unknown) => isAssumeError(error) && SHARED.includes(error.code),
  };
  try {
    return await withLock(stage.host, `/assume/${name}`, options, once);
  } catch (error) {
    if (state.isBegun || !isLockUnavailable(error)) throw error;
    return work();
  }
}
