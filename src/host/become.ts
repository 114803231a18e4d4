import { accessSync, closeSync, constants, openSync, readSync } from 'node:fs';
import { withOrdinaryDumps } from './dumps.js';
import { endAs } from './end-as.js';
import type { ChildEnd, Environment } from './host.js';
import { programFor, runChild } from './run-child.js';
import { unblockStreams } from './unblock-streams.js';

type Execve = (file: string, args: readonly string[], env: Environment) => never;

/** A failed execve(2) ends Node at once, with a dump of its stack: nothing near a limit is tried. */
const MOST_BYTES = 100_000;

/** ELF, and Mach-O in either byte order or as a universal file. */
const MACHINE_CODE = ['7f454c46', 'cffaedfe', 'feedfacf', 'cafebabe'];

/**
 * Replaces this process by the program, where Node can (`process.execve`, from 22.15) and it is
 * sure to succeed; otherwise runs it and ends as it ended.
 *
 * @throws AssumeError `NOT_FOUND` | `NOT_EXECUTABLE`
 */
export async function become(
  command: string,
  args: readonly string[],
  env: Environment,
): Promise<ChildEnd> {
  const file = programFor(command, env);
  const { execve } = process as { execve?: Execve };
  if (execve && process.platform !== 'win32' && isSureToStart(file, args, env)) {
    unignoreSignals();
    unblockStreams();
    return withOrdinaryDumps(() =>
      execve.call(process, file, [command, ...args], withoutGaps(env)),
    );
  }
  return endAs(await runChild(command, args, env));
}

/** Node ignores these two, and what is ignored stays so across execve(2); what is handled does not. */
function unignoreSignals(): void {
  for (const signal of ['SIGPIPE', 'SIGXFSZ'] as const) process.on(signal, () => undefined);
}

function withoutGaps(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}

function isSureToStart(file: string, args: readonly string[], env: Environment): boolean {
  const given = [file, ...args, ...Object.entries(env).flat()];
  const bytes = given.reduce((sum, text) => sum + Buffer.byteLength(text ?? '') + 16, 0);
  return bytes < MOST_BYTES && isProgram(file);
}

function isProgram(file: string): boolean {
  try {
    const start = readStart(file);
    if (MACHINE_CODE.includes(start.toString('hex', 0, 4))) return true;
    const [, interpreter] = /^#! *(\/[^\s]+)/.exec(start.toString('latin1')) ?? [];
    if (interpreter === undefined) return false;
    accessSync(interpreter, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function readStart(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(256);
    return start.subarray(0, readSync(descriptor, start));
  } finally {
    closeSync(descriptor);
  }
}
