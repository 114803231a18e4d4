import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/**
 * The text of a file of ours: `null` where there is none, and for one that anybody else could have
 * read or written. Never throws: such a file spares work or holds what can be had again.
 */
export function readOwn(path: string): string | null {
  try {
    // A pipe is not waited for. Windows has no such flag, which counts for nothing here.
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return isOursAlone(descriptor) ? readFileSync(descriptor, 'utf8') : null;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}

/** On Windows there is neither owner nor mode: there the profile directory's own rights protect it. */
function isOursAlone(descriptor: number): boolean {
  const facts = fstatSync(descriptor);
  if (!facts.isFile()) return false;
  return process.getuid === undefined || (facts.uid === process.getuid() && !(facts.mode & 0o077));
}
