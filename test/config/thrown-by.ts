import { isAssumeError, type AssumeError } from '../../src/errors.js';

/** The error that the work throws; anything but one of ours fails the test. */
export function thrownBy(work: () => unknown): AssumeError {
  try {
    work();
  } catch (thrown) {
    if (isAssumeError(thrown)) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}
