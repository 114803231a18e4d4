import { join } from 'node:path';
import { IS_FULL } from './figures.js';
import type { Ended, Practice } from './practice.js';
import { readTree } from './read-tree.js';
import { startProgram } from './started-program.js';

/** How often each kind of work is killed: five hundred times in all at full count. */
export const KILLS = IS_FULL ? 100 : 8;
/** The same for work of which a run takes more than a second. */
export const SLOW_KILLS = IS_FULL ? 100 : 3;
export const KILLS_TIMEOUT_MS = IS_FULL ? 1_800_000 : 90_000;

/** What a run took, and how it ended. */
export async function timed(run: () => Promise<Ended>): Promise<{ ended: Ended; tookMs: number }> {
  const begun = performance.now();
  const ended = await run();
  return { ended, tookMs: performance.now() - begun };
}

/**
 * Starts the program and kills it, `kill -9`, after so many milliseconds.
 *
 * @param begun - From when on they count; from its start where it is left out.
 * @returns How long it took, where it ended before; `null` when it was killed.
 */
export async function killAfter(
  practice: Practice,
  args: readonly string[],
  afterMs: number,
  env: Readonly<Record<string, string>> = {},
  begun: Promise<unknown> = Promise.resolve(),
): Promise<number | null> {
  const { ended, tookMs } = await timed(() => {
    const program = startProgram(practice, args, env);
    void begun.then(() => setTimeout(program.kill, afterMs).unref());
    return program.ended;
  });
  return ended.signal === 'SIGKILL' ? null : tookMs;
}

/**
 * A moment of a run that takes so long: any after the first fifth, in which Node itself is starting;
 * late, one of those in which what was prepared comes to count and the old goes.
 */
export function momentIn(wholeMs: number, isLate = false): number {
  return wholeMs * (isLate ? 0.7 + 0.3 * Math.random() : 0.2 + 0.85 * Math.random());
}

/**
 * What a killed process has left of what it was writing where secrets are kept. Compiled code is none: the
 * next that is kept of the same chunk takes its place.
 */
export function litter({ home }: Practice): string[] {
  const places = [home.path, join(home.path, 'run')].flatMap((place) => [
    ...readTree(place).keys(),
  ]);
  return places.filter((path) =>
    /^(?!\.local\/state\/|\.cache\/assume\/code\/).*\.assume-\d/.test(path),
  );
}
