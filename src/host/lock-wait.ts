import { AssumeError } from '../errors.js';
import type { Host, ProcessRecord } from './host.js';
import type { Holding } from './lock-record.js';
import type { LockOptions } from './lock.js';

const TELL_AFTER_MS = 2000;
/** A holder stopped for longer (Ctrl-Z, SIGSTOP) loses the lock. */
const STOPPED_HOLDER_MS = 3000;

/** One wait for a lock: how long it has lasted, and what was seen of its holder. */
export class LockWait {
  readonly #host: Host;
  readonly #options: LockOptions;
  readonly #startMs: number;
  #isTold = false;
  #stopped: { nonce: string; sinceMs: number } | null = null;

  constructor(host: Host, options: LockOptions) {
    this.#host = host;
    this.#options = options;
    this.#startMs = host.monotonicMs();
  }

  /** To be asked at every look at the lock: only so can it know for how long it was so. */
  isStoppedTooLong({ nonce, holder }: Holding): boolean {
    const nowMs = this.#host.monotonicMs();
    if (holder === null || this.#host.processes.state(holder) !== 'stopped') {
      this.#stopped = null;
      return false;
    }
    if (this.#stopped?.nonce !== nonce) this.#stopped = { nonce, sinceMs: nowMs };
    return nowMs - this.#stopped.sinceMs > STOPPED_HOLDER_MS;
  }

  /**
   * Tells once for whom we wait.
   *
   * @param holder - `null` when it cannot be told.
   * @throws AssumeError `LOCK_TIMEOUT` when the time is up.
   */
  goOn(holder: ProcessRecord | null): void {
    const waitedMs = this.#host.monotonicMs() - this.#startMs;
    const { waitMs, onWait } = this.#options;
    if (waitMs !== null && waitedMs >= waitMs) throw timeout(waitMs, holder);
    if (this.#isTold || waitedMs < TELL_AFTER_MS || holder === null) return;
    this.#isTold = true;
    onWait?.(holder);
  }
}

function timeout(waitMs: number, holder: ProcessRecord | null): AssumeError {
  const pid = holder?.pid.toString() ?? 'unknown';
  const seconds = (waitMs / 1000).toString();
  return new AssumeError(
    'LOCK_TIMEOUT',
    `waited ${seconds} s for another assume (process ${pid}), which is still at work`,
    { hint: `Answer what it asks on its terminal, or end it (kill ${pid}), then try again.` },
  );
}
