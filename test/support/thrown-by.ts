import { isAssumeError, type AssumeError } from '../../src/errors.js';

/** The error that the work throws; anything but one of ours fails the test. */
export function thrownBy(work: () => unknown): AssumeError {
  try {
    work();
  } catch (thrown) {
    return requireOurs(thrown);
  }
  throw new Error('nothing was thrown');
}

/** The error that the promise ends with. */
export async function rejectionOf(work: Promise<unknown>): Promise<AssumeError> {
  try {
    await work;
  } catch (thrown) {
    return requireOurs(thrown);
  }
  throw new Error('nothing was thrown');
}

function requireOurs(thrown: unknown): AssumeError {
  if (isAssumeError(thrown)) return thrown;
  throw thrown;
}
