import { formatProcessOutput } from './delivery/process-output.js';
import type { FastHost } from './host/fast-host.js';
import { RENEWING_MARGIN_MS } from './store/freshness.js';
import { recall } from './store/recall.js';

/**
 * Answers `credential-process TARGET`, which SDKs call all day, where the same line was answered before
 * and nothing has changed since. Tells whether it did; everything else, failures too, is the route's.
 */
export async function fastPath(host: FastHost): Promise<boolean> {
  if (host.argv[0] !== 'credential-process') return false;
  try {
    const line = { words: host.argv, renews: true, mayPick: false };
    const recalled = await recall(host, line, RENEWING_MARGIN_MS);
    if (recalled) host.stdout(formatProcessOutput(recalled.entry));
    return recalled !== null;
  } catch {
    return false;
  }
}
