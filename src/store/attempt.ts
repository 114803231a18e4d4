import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';

/**
 * Does what only spares work later, such as keeping a session. A full disk or a read-only HOME is
 * told and does not stop a switch.
 */
export function attempt(host: Host, what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    host.stderr(`assume: could not ${what}: ${error.message}\n`);
  }
}
