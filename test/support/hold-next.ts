import type { RecordedRequest } from '../../src/sandbox/recorded-request.js';
import type { Practice } from './practice.js';

/** Holds back the answer to the next request of that action. */
export function holdNext(
  practice: Practice,
  action: string,
): { readonly received: Promise<RecordedRequest>; readonly release: () => void } {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const received = new Promise<RecordedRequest>((resolve) => {
    practice.aws.beforeAnswer = async (request) => {
      if (request.action !== action) return;
      practice.aws.beforeAnswer = null;
      resolve(request);
      await released;
    };
  });
  return { received, release };
}
