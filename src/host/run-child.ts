import type { ChildProcess } from 'node:child_process';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { withOrdinaryDumps } from './dumps.js';
import { errnoOf } from './errno.js';
import { inWords } from './file-error.js';
import { findProgram } from './find-program.js';
import type { ChildEnd, Environment } from './host.js';
import { unblockStreams } from './unblock-streams.js';

/** The terminal sends these to the child's process group itself: forwarding them would send twice. */
const FROM_THE_TERMINAL = ['SIGINT', 'SIGQUIT'] as const;
const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;

/**
 * Runs the program with our terminal and all three streams, in our process group so that Ctrl-Z and
 * `fg` reach both, and waits for its end, even while it cleans up after a Ctrl-C. Looked up on the
 * PATH of *its* environment; no shell.
 *
 * @throws AssumeError `NOT_FOUND` | `NOT_EXECUTABLE`
 */
export async function runChild(
  command: string,
  args: readonly string[],
  env: Environment,
): Promise<ChildEnd> {
  const file = programFor(command, env);
  const { spawn } = process.getBuiltinModule('node:child_process');
  if ('bun' in process.versions) unblockStreams();
  let child: ChildProcess | null = null;
  const letGo = holdSignals((signal) => child?.kill(signal));
  try {
    const started = withOrdinaryDumps(() =>
      spawn(file, args, { stdio: 'inherit', env, argv0: command }),
    );
    child = started;
    return await endOf(started, command);
  } finally {
    letGo();
  }
}

/**
 * The file to run for that name.
 *
 * @throws AssumeError `NOT_FOUND` | `NOT_EXECUTABLE`
 */
export function programFor(command: string, env: Environment): string {
  const found = findProgram(command, env['PATH']);
  if (typeof found !== 'string') return found.file;
  if (found === 'not executable') throw notExecutable(command, 'it may not be executed');
  throw new AssumeError('NOT_FOUND', `cannot run ${visible(command)}: there is no such program`, {
    hint: 'Check its spelling and PATH. A command line for a shell goes after: sh -c',
  });
}

function notExecutable(command: string, why: string, cause?: unknown): AssumeError {
  return new AssumeError('NOT_EXECUTABLE', `cannot run ${visible(command)}: ${why}`, {
    cause,
    hint: `Check that it is a program; a script needs: chmod +x ${visible(command)}`,
  });
}

/** Takes over the signals; they are in place before there is a child that could miss one. */
function holdSignals(forward: (signal: NodeJS.Signals) => void): () => void {
  const ignore = (): void => undefined;
  for (const signal of FROM_THE_TERMINAL) process.on(signal, ignore);
  for (const signal of FORWARDED) process.on(signal, forward);
  return () => {
    for (const signal of FROM_THE_TERMINAL) process.removeListener(signal, ignore);
    for (const signal of FORWARDED) process.removeListener(signal, forward);
  };
}

/** How the child ends. @throws AssumeError `NOT_EXECUTABLE` when it never began. */
export function endOf(child: ChildProcess, command: string): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    child.once('error', (thrown) => {
      // The file was there: it is the interpreter in its first line that is missing.
      const why = errnoOf(thrown) === 'ENOENT' ? 'its interpreter is missing' : inWords(thrown);
      reject(notExecutable(command, why, thrown));
    });
    child.once('exit', (status, signal) => {
      resolve(signal === null ? { status: status ?? 1 } : { signal });
    });
  });
}
