import { writeSync } from 'node:fs';
import { errnoOf } from './errno.js';

/** How long to wait for the reader of a full pipe before trying again. */
const FULL_PIPE_PAUSE_MS = 5;

/**
 * Writes every byte. One `write(2)` may take fewer than it was given (a nearly full disk, a pipe)
 * and a pipe that another program made non-blocking may take none for a while (`EAGAIN`).
 */
export function writeAll(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (thrown) {
      if (errnoOf(thrown) !== 'EAGAIN') throw thrown;
      pause(FULL_PIPE_PAUSE_MS);
    }
  }
}

/** Holds this thread still: for the few places that cannot wait any other way. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
