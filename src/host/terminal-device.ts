import { openSync } from 'node:fs';
import { attempt } from './file-error.js';
import type { Readable, Transform } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { typedKeys } from './typed-keys.js';

/** The terminal itself, whatever our streams are. */
export const TERMINAL_INPUT = process.platform === 'win32' ? '\\\\.\\CONIN$' : '/dev/tty';
export const TERMINAL_OUTPUT = process.platform === 'win32' ? '\\\\.\\CONOUT$' : '/dev/tty';

const CTRL_C = 0x03;
const CTRL_D = 0x04;
const CTRL_Z = 0x1a;
/** Carriage return, line feed, and the escape that an arrow begins with. */
const DECIDING = new Set([0x0d, 0x0a, 0x1b]);

/** The open device. What is typed comes through `keys`, but for the keys that end a question. */
export interface TerminalDevice {
  readonly keys: Transform;
  readonly output: WriteStream;
  /** Cooked mode with echo, at once: for a signal's handler. */
  restore(): void;
  /** Resolves when nobody reads from the device any more. */
  close(): Promise<void>;
}

/**
 * Opens the terminal.
 *
 * @param canStop - Whether Ctrl-Z means anything.
 * @param onEnd - called for Ctrl-C, Ctrl-D and a terminal that is gone, and for Ctrl-Z.
 * @throws AssumeError `FAILED` when there is none.
 */
export function openTerminalDevice(
  canStop: boolean,
  onEnd: (why: 'cancelled' | 'suspended') => void,
): TerminalDevice {
  const tty = process.getBuiltinModule('node:tty');
  const open = (path: string): number =>
    attempt('FAILED', 'open the terminal', path, () => openSync(path, 'r+'));
  const input = new tty.ReadStream(open(TERMINAL_INPUT));
  const output = new tty.WriteStream(open(TERMINAL_OUTPUT));
  const typed = typedKeys(input, TERMINAL_INPUT);
  const cancel = (): void => {
    onEnd('cancelled');
  };
  typed.on('error', cancel).on('end', cancel);
  for (const stream of [input, output]) stream.on('error', cancel);
  const keys = asTerminal(input, filterKeys(canStop, onEnd));
  typed.pipe(keys);
  return {
    keys,
    output,
    restore: () => void input.setRawMode(false),
    close: async () => {
      input.setRawMode(false);
      typed.unpipe(keys);
      await Promise.all([closed(typed), closed(input), closed(output)]);
    },
  };
}

/** In raw mode these keys are bytes like any other; what was typed with one that acts is dropped. */
function filterKeys(canStop: boolean, onEnd: (why: 'cancelled' | 'suspended') => void): Transform {
  const stream = process.getBuiltinModule('node:stream');
  return new stream.Transform({
    transform(chunk: Buffer, _encoding, done) {
      const ends = chunk.includes(CTRL_C) || chunk.includes(CTRL_D);
      const stops = chunk.includes(CTRL_Z) && canStop;
      if (ends || stops) onEnd(ends ? 'cancelled' : 'suspended');
      const typed = chunk.filter((byte) => byte !== CTRL_Z);
      const taken = ends || stops ? Promise.resolve() : pushApart(this, typed);
      void taken.then(() => {
        done();
      });
    },
  });
}

/**
 * What decides, an Enter or an arrow, follows what was typed before it by a turn of the event loop:
 * inquirer's `search` drops such a key while it filters, and it filters between two turns.
 *
 * @see https://github.com/SBoudrias/Inquirer.js/blob/main/packages/search/src/index.ts
 */
async function pushApart(keys: Transform, chunk: Uint8Array): Promise<void> {
  const { setImmediate: nextTurn } = process.getBuiltinModule('node:timers/promises');
  const starts = [...chunk.keys()].filter((at) => at === 0 || DECIDING.has(chunk[at] ?? 0));
  for (const [index, start] of starts.entries()) {
    keys.push(chunk.subarray(start, starts[index + 1]));
    await nextTurn();
  }
}

/** What readline looks for in a terminal. */
function asTerminal(input: ReadStream, keys: Transform): Transform {
  return Object.assign(keys, {
    isTTY: true,
    setRawMode: (isRaw: boolean) => void input.setRawMode(isRaw),
  });
}

function closed(stream: Readable | WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    stream.once('close', () => {
      resolve();
    });
    stream.destroy();
  });
}
