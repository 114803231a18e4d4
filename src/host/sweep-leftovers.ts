import { lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Host } from './host.js';
import { removeQuietly } from './write-private.js';

/** No write takes longer: after that the process number belongs to somebody else. */
const OLDEST_MS = 10 * 60_000;

/**
 * Removes the temporary files that killed processes left beside this file: they may hold secrets.
 * Those of living processes stay.
 */
export function sweepLeftovers(host: Host, path: string): void {
  const start = `${basename(path)}.assume-`;
  for (const name of readdirSync(dirname(path))) {
    const pid = name.startsWith(start)
      ? /^(\d+)-\w+$/.exec(name.slice(start.length))?.[1]
      : undefined;
    if (pid === undefined) continue;
    const leftover = join(dirname(path), name);
    if (isDead(host, Number(pid)) || isOld(host, leftover)) removeQuietly(leftover);
  }
}

function isDead(host: Host, pid: number): boolean {
  const { hostName } = host.processes.self;
  return host.processes.state({ pid, startTime: null, bootId: null, hostName }) === 'dead';
}

function isOld(host: Host, path: string): boolean {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  return facts !== undefined && host.now().getTime() - facts.mtimeMs > OLDEST_MS;
}
