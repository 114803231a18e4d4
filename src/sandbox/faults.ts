/** What a fault makes of a request. */
export type FaultKind =
  /** Refused with `Throttling` before anything is done. */
  | 'throttled'
  /** 503 `ServiceUnavailable` before anything is done. */
  | 'unavailable'
  /** A proxy's HTML page in place of AWS's answer; nothing is done. */
  | 'html'
  /** Done, but half of the answer is lost. */
  | 'truncated'
  /** Done, but the connection ends without an answer. */
  | 'disconnected';

/** Trouble that the next requests meet, as data. */
export interface Fault {
  readonly kind: FaultKind;
  /** Which calls it befalls; `null` means all. */
  readonly action: string | null;
  /** How many more requests it befalls; counted down. */
  times: number;
}

/** The kind of trouble that this call meets, which is counted; `null` for none. */
export function takeFault(faults: readonly Fault[], action: string): FaultKind | null {
  const fault = faults.find(
    (one) => one.times > 0 && (one.action === null || one.action === action),
  );
  if (!fault) return null;
  fault.times--;
  return fault.kind;
}
