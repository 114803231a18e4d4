import { AssumeError } from '../errors.js';
import { errnoOf } from './errno.js';
import { inWords } from './file-error.js';
import { writeAll } from './write-all.js';

/**
 * Writes to standard output (1) or error (2) until all is written, with write(2) itself: nothing is
 * left in a buffer when the process ends. A closed stdout is no error: Node opens the null device in its
 * place, which a caller may well have chosen.
 *
 * @throws AssumeError `FAILED` when stdout cannot take it, so that no program reads half an answer
 *   as a whole one; there is nobody to tell that stderr cannot. `READER_GONE` when nobody reads
 *   stdout any more (`| head -1`).
 */
export function writeStream(descriptor: 1 | 2, text: string): void {
  try {
    writeAll(descriptor, Buffer.from(text));
  } catch (thrown) {
    if (descriptor === 2) return;
    if (errnoOf(thrown) === 'EPIPE')
      throw new AssumeError('READER_GONE', 'nobody reads standard output', {
        hint: 'see why what it goes to has ended',
      });
    throw new AssumeError('FAILED', `cannot write to standard output: ${inWords(thrown)}`, {
      cause: thrown,
      hint: 'nothing more was done: see where stdout leads, and whether there is room',
    });
  }
}
