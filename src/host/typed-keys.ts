import { closeSync, constants, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { ReadStream } from 'node:tty';

/** What Bun has beside Node's modules, as far as it is used here. */
interface Bun {
  file(descriptor: number): { stream(): ReadableStream<Uint8Array> };
}

/**
 * What is typed at the terminal, until the stream is destroyed: no key after that is taken.
 *
 * Bun (1.4.5), which the stand-alone executable holds, reads a terminal in a thread that nothing
 * ends: it would take the next key from the program that we run. There it is read without blocking.
 */
export function typedKeys(input: ReadStream, path: string): Readable {
  const { Bun } = globalThis as { Bun?: Bun };
  return Bun === undefined ? input : readByBun(Bun, path);
}

function readByBun(bun: Bun, path: string): Readable {
  const { Readable } = process.getBuiltinModule('node:stream');
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  const reader = bun.file(descriptor).stream().getReader();
  return new Readable({
    read() {
      reader.read().then(
        ({ value }) => this.push(value ?? null),
        (error: unknown) => this.destroy(error as Error),
      );
    },
    destroy(error, done) {
      const end = (): void => {
        closeSync(descriptor);
        done(error);
      };
      reader.cancel().then(end, end);
    },
  });
}
