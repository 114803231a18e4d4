/** A clock that moves only by hand. */
export interface FakeClock {
  now(): Date;
  /** What has passed since its start, however it was set. */
  elapsedMs(): number;
  /** Sets it that much later, or earlier, as a person or NTP does: no time passes. */
  set(milliseconds: number): void;
  sleep(milliseconds: number): Promise<void>;
  /**
   * Moves it, waking sleepers in their order, and lets each go on as far as it can before the next.
   * With nobody asleep it has moved when the call returns.
   */
  advance(milliseconds: number): Promise<void>;
}

/** @param sleepsPass - `sleep` moves the clock itself. */
export function makeFakeClock(start: Date, sleepsPass = false): FakeClock {
  let nowMs = start.getTime();
  let setMs = 0;
  let sleepers: { wakeMs: number; wake: () => void }[] = [];
  const next = (untilMs: number): (() => void) | null => {
    const first = sleepers.toSorted((a, b) => a.wakeMs - b.wakeMs)[0];
    if (first === undefined || first.wakeMs > untilMs) return null;
    sleepers = sleepers.filter((sleeper) => sleeper !== first);
    nowMs = Math.max(nowMs, first.wakeMs);
    return first.wake;
  };
  return {
    now: () => new Date(nowMs + setMs),
    elapsedMs: () => nowMs - start.getTime(),
    set: (milliseconds) => {
      setMs += milliseconds;
    },
    sleep: async (milliseconds) => {
      if (sleepsPass) nowMs += milliseconds;
      else await new Promise<void>((wake) => sleepers.push({ wakeMs: nowMs + milliseconds, wake }));
    },
    advance: async (milliseconds) => {
      const untilMs = nowMs + milliseconds;
      if (sleepers.length > 0) await settle();
      for (let wake = next(untilMs); wake !== null; wake = next(untilMs)) {
        wake();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

/** Lets everything run that can run without time passing. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
