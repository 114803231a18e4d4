import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { isAssumeError } from '../errors.js';
import type { Host } from './host.js';
import { removeQuietly } from './write-private.js';

/** No write takes longer: after that the process number belongs to somebody else. */
const OLDEST_MS = 10 * 60_000;

/**
 * Removes the temporary files that killed processes left in this directory: they may hold secrets.
 * Those of living processes stay.
 *
 * @param isOurs - Tells by the name of the file that was being written whether it is ours to sweep.
 */
export function sweepLeftovers(
  host: Host,
  directory: string,
  isOurs: (file: string) => boolean,
): void {
  for (const name of namesIn(host, directory)) {
    const [, file, pid] = /^(.+)\.assume-(\d+)-\w+$/.exec(name) ?? [];
    if (file === undefined || !isOurs(file)) continue;
    const leftover = join(directory, name);
    if (isDead(host, Number(pid)) || isOld(host, leftover)) removeQuietly(leftover);
  }
}

/** Tidying up: where it cannot be done, what is to be done still can. */
function namesIn(host: Host, directory: string): string[] {
  try {
    return host.files.list(directory);
  } catch (thrown) {
    if (!isAssumeError(thrown)) throw thrown;
    return [];
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
