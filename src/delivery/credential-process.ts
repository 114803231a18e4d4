import { AssumeError } from '../errors.js';
import { RENEWING_MARGIN_MS } from '../store/freshness.js';
import type { Delivery } from './delivery.js';
import { formatProcessOutput } from './process-output.js';

/** SDKs give up after a minute; so does whoever waits for another process's prompt. */
const LOCK_WAIT_MS = 55_000;

/**
 * Prints the JSON that AWS SDKs read from a `credential_process`, and nothing else.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export const credentialProcessDelivery: Delivery = {
  name: 'credential-process',
  manner: () => ({
    renews: true,
    marginMs: RENEWING_MARGIN_MS,
    lockWaitMs: LOCK_WAIT_MS,
    mayPick: false,
  }),
  check: ({ operands }) => {
    if (operands[0]) return;
    throw new AssumeError('USAGE', 'credential-process needs the name of a target', {
      hint: 'write: assume credential-process TARGET',
    });
  },
  deliver: async (assumption, _request, host) => {
    host.stdout(formatProcessOutput(await assumption.source()));
    return 0;
  },
};
