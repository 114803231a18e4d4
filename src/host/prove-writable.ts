import { closeSync, existsSync, fsyncSync, openSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { visible } from '../visible.js';
import { attempt } from './file-error.js';
import { temporaryName } from './write-private.js';
import { writeAll } from './write-all.js';

/** As long as a session with its token: a disk with less room is full. */
const PROBE = Buffer.alloc(4096);

/**
 * Proves that files can be kept in the directory, by writing one and taking it away; where the
 * directory is not there yet, in the nearest one above that is.
 *
 * @throws AssumeError `FAILED` when they cannot.
 */
export function proveWritable(directory: string): void {
  const nearest = nearestThere(directory);
  const path = visible(nearest);
  const hint = `See its rights and its room: ls -ld '${path}'; df -h '${path}'`;
  attempt(
    'FAILED',
    'write in',
    nearest,
    () => {
      writeUnnamed(join(nearest, 'probe'));
    },
    hint,
  );
}

/** Its name is taken away before it is written: a process that is killed leaves nothing. */
function writeUnnamed(path: string): void {
  const temporary = temporaryName(path);
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    unlinkSync(temporary);
    writeAll(descriptor, PROBE);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function nearestThere(path: string): string {
  const parent = dirname(path);
  return existsSync(path) || parent === path ? path : nearestThere(parent);
}
