import { readSync } from 'node:fs';
import { AssumeError } from '../errors.js';
import { errnoOf } from './errno.js';
import { inWords } from './file-error.js';
import { pause } from './write-all.js';

/** Longer than anything that is typed or piped to us as one line. */
const MOST_BYTES = 4096;
const EMPTY_PIPE_PAUSE_MS = 10;

/**
 * One line without its end, read a byte at a time so that the rest stays for a child. `null` when
 * nothing is left.
 *
 * @throws AssumeError `FAILED` when it cannot be read or is longer than 4096 bytes.
 */
export function readLine(descriptor: number): string | null {
  const bytes: number[] = [];
  for (;;) {
    const byte = readByte(descriptor);
    if (byte === null && bytes.length === 0) return null;
    if (byte === null || byte === 0x0a)
      return Buffer.from(bytes).toString('utf8').replace(/\r$/, '');
    bytes.push(byte);
    if (bytes.length > MOST_BYTES) {
      throw new AssumeError('FAILED', 'cannot read standard input: its first line is too long', {
        hint: 'give it one short line: echo 123456 | assume … --mfa-code -',
      });
    }
  }
}

function readByte(descriptor: number): number | null {
  const byte = Buffer.alloc(1);
  for (;;) {
    try {
      return readSync(descriptor, byte) === 0 ? null : byte.readUInt8();
    } catch (thrown) {
      const name = errnoOf(thrown);
      // Windows reports the end as an error; a pipe that another program made non-blocking is slow.
      if (name === 'EOF') return null;
      if (name !== 'EAGAIN') {
        throw new AssumeError('FAILED', `cannot read standard input: ${inWords(thrown)}`, {
          cause: thrown,
          hint: 'see what stdin is connected to; a code can come from ASSUME_MFA_CODE instead',
        });
      }
      pause(EMPTY_PIPE_PAUSE_MS);
    }
  }
}
