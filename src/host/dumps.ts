import { readFileSync, writeFileSync } from 'node:fs';

/** Which kinds of memory a core dump of this process holds, inherited by children: core(5). */
const FILTER = '/proc/self/coredump_filter';

/**
 * Keeps what we hold in memory out of core dumps (on Linux), and our environment out of Node's
 * diagnostic reports, whatever NODE_OPTIONS asks for. The limit on core dumps is out of Node's reach.
 *
 * @returns The filter as it was, for `dumpAsBefore`; `null` where there is no such thing.
 */
export function keepOutOfDumps(): string | null {
  if ([...process.execArgv, process.env['NODE_OPTIONS']].some((words) => words?.includes('report')))
    makeNoReports();
  if (process.platform !== 'linux') return null;
  try {
    // It is shown in hexadecimal, and is to be written so that it can be told.
    const shown = readFileSync(FILTER, 'latin1').trim();
    writeFileSync(FILTER, '0');
    return `0x${shown}`;
  } catch {
    return null;
  }
}

/** None is made unless it is asked for, and to say so takes a module that a cached answer need not load. */
function makeNoReports(): void {
  const { report } = process;
  report.reportOnFatalError = report.reportOnSignal = report.reportOnUncaughtException = false;
}

/** The children's, as it was when we started; `null` where there is no such thing. */
let ordinary: string | null = null;

/** Lets programs of the user's dump what they would without us. @param filter - What ours was. */
export function dumpAsBefore(filter: string | null): void {
  ordinary = filter;
}

/** Starts a program of the user's, whose core dumps are to hold what they always do. */
export function withOrdinaryDumps<T>(start: () => T): T {
  const filter = ordinary;
  if (filter === null) return start();
  quietly(() => {
    writeFileSync(FILTER, filter);
  });
  try {
    return start();
  } finally {
    quietly(() => {
      writeFileSync(FILTER, '0');
    });
  }
}

/** A /proc that is read-only keeps nobody from working. */
function quietly(action: () => void): void {
  try {
    action();
  } catch {
    return;
  }
}
