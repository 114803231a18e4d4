import { AssumeError } from '../errors.js';

/**
 * Waits for work that a person may give up: Ctrl-C ends the wait in place of the process. What the
 * work still does is ours no more.
 *
 * @throws AssumeError `CANCELLED`
 */
export async function unlessCancelled<T>(work: Promise<T>): Promise<T> {
  let cancel = (): void => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    cancel = () => {
      reject(new AssumeError('CANCELLED', 'cancelled'));
    };
  });
  process.on('SIGINT', cancel);
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    process.removeListener('SIGINT', cancel);
  }
}
