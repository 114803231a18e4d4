/** The SDK's own retries end well before this; it also ends a reply that drips for ever. */
const WHOLE_CALL_MS = 15_000;

/** Bounds one call, its retries included. */
export function callDeadline(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(WHOLE_CALL_MS) };
}
