import { closeSync, openSync } from 'node:fs';
import { attempt } from './file-error.js';
import { TERMINAL_OUTPUT } from './terminal-device.js';
import { writeAll } from './write-all.js';

/** Writes to the terminal past all streams. @throws AssumeError `FAILED` when there is none. */
export function showOnTerminal(text: string): void {
  attempt('FAILED', 'write to the terminal', TERMINAL_OUTPUT, () => {
    const descriptor = openSync(TERMINAL_OUTPUT, 'r+');
    try {
      writeAll(descriptor, Buffer.from(text));
    } finally {
      closeSync(descriptor);
    }
  });
}

/** How many lines the terminal has; `null` where there is none, or it does not say. */
export function terminalRows(): number | null {
  const tty = process.getBuiltinModule('node:tty');
  try {
    const output = new tty.WriteStream(openSync(TERMINAL_OUTPUT, 'r+'));
    const { rows } = output;
    output.destroy();
    return rows > 0 ? rows : null;
  } catch {
    return null;
  }
}
