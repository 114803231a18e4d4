import { readFileSync, writeFileSync } from 'node:fs';

/** Which kinds of memory a core dump of this process holds, inherited by children: core(5). */
const FILTER = '/proc/self/coredump_filter';

/** As it was when we started; `null` where there is no such thing. */
let ordinary: string | null = null;

/**
 * Keeps what we hold in memory out of core dumps (on Linux), and our environment out of Node's
 * diagnostic reports, whatever NODE_OPTIONS asks for. The limit on core dumps is out of Node's reach.
 */
export function keepOutOfDumps(): void {
  if ([...process.execArgv, process.env['NODE_OPTIONS']].some((words) => words?.includes('report')))
    makeNoReports();
  if (process.platform !== 'linux') return;
  quietly(() => {
    // It is shown in hexadecimal, and is to be written so that it can be told.
    const shown = readFileSync(FILTER, 'latin1').trim();
    writeFileSync(FILTER, '0');
    ordinary = `0x${shown}`;
  });
}

/** None is made unless it is asked for, and to say so takes a module that a cached answer need not load. */
function makeNoReports(): void {
  const { report } = process;
  report.reportOnFatalError = report.reportOnSignal = report.reportOnUncaughtException = false;
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
