import { openSync } from 'node:fs';
import { attempt } from './file-error.js';
import type { Transform } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';

/** The terminal itself, whatever our streams are. */
export const TERMINAL_INPUT = process.platform === 'win32' ? '\\\\.\\CONIN$' : '/dev/tty';
const TERMINAL_OUTPUT = process.platform === 'win32' ? '\\\\.\\CONOUT$' : '/dev/tty';

const CTRL_C = 0x03;
const CTRL_D = 0x04;
const CTRL_Z = 0x1a;

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
 * @param onEnd - called for Ctrl-C, Ctrl-D and a terminal that is gone, and for Ctrl-Z.
 * @throws AssumeError `FAILED` when there is none.
 */
export function openTerminalDevice(
  onEnd: (why: 'cancelled' | 'suspended') => void,
): TerminalDevice {
  const tty = process.getBuiltinModule('node:tty');
  const open = (path: string): number =>
    attempt('FAILED', 'open the terminal', path, () => openSync(path, 'r+'));
  const input = new tty.ReadStream(open(TERMINAL_INPUT));
  const output = new tty.WriteStream(open(TERMINAL_OUTPUT));
  const cancel = (): void => {
    onEnd('cancelled');
  };
  input.on('error', cancel).on('end', cancel);
  output.on('error', cancel);
  const keys = asTerminal(input, filterKeys(onEnd));
  input.pipe(keys);
  return {
    keys,
    output,
    restore: () => void input.setRawMode(false),
    close: async () => {
      input.setRawMode(false);
      input.unpipe(keys);
      await Promise.all([closed(input), closed(output)]);
    },
  };
}

/** In raw mode these keys are bytes like any other; what was typed with them is dropped. */
function filterKeys(onEnd: (why: 'cancelled' | 'suspended') => void): Transform {
  const stream = process.getBuiltinModule('node:stream');
  return new stream.Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (chunk.includes(CTRL_C) || chunk.includes(CTRL_D)) onEnd('cancelled');
      else if (chunk.includes(CTRL_Z) && process.platform !== 'win32') onEnd('suspended');
      else this.push(chunk);
      done();
    },
  });
}

/** What readline looks for in a terminal. */
function asTerminal(input: ReadStream, keys: Transform): Transform {
  return Object.assign(keys, {
    isTTY: true,
    setRawMode: (isRaw: boolean) => void input.setRawMode(isRaw),
  });
}

function closed(stream: ReadStream | WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    stream.once('close', () => {
      resolve();
    });
    stream.destroy();
  });
}
