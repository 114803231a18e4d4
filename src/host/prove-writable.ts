import { existsSync, fsyncSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { visible } from '../visible.js';
import { attempt } from './file-error.js';
import { writeBeside } from './write-private.js';

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
      unlinkSync(writeBeside(join(nearest, 'probe'), PROBE, fsyncSync));
    },
    hint,
  );
}

function nearestThere(path: string): string {
  const parent = dirname(path);
  return existsSync(path) || parent === path ? path : nearestThere(parent);
}
