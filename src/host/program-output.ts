import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Environment, OutputLimits, ProgramOutput } from './host.js';
import { endOf, programFor } from './run-child.js';

/** More than any credentials take. */
const MOST_BYTES = 1024 * 1024;
/** What a program that ended may leave open, or one that was told to end may take for it. */
const GRACE_MS = 500;

type Child = ChildProcessByStdio<Writable | null, Readable, Readable>;

/**
 * Runs a program without a shell, in our process group so that it has the terminal, and gives what
 * it printed. One that takes too long, or prints without end, is stopped.
 *
 * @throws AssumeError `NOT_FOUND` | `NOT_EXECUTABLE`
 */
export async function programOutput(
  command: string,
  args: readonly string[],
  env: Environment,
  { timeoutMs, sharesStdin, input }: OutputLimits,
): Promise<ProgramOutput> {
  const file = programFor(command, env);
  const { spawn } = process.getBuiltinModule('node:child_process');
  const stdin = input !== undefined ? 'pipe' : sharesStdin ? 'inherit' : 'ignore';
  const stdio: ['pipe' | 'inherit' | 'ignore', 'pipe', 'pipe'] = [stdin, 'pipe', 'pipe'];
  const child = spawn(file, args, { env, argv0: command, stdio }) as Child;
  // One that ends without reading it all is judged by its status.
  child.stdin?.on('error', () => undefined).end(input);
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)];
  const ended = endOf(child, command);
  const closed = new Promise((resolve) => child.once('close', resolve));
  const timer = startTimer(timeoutMs);
  try {
    const end = await Promise.race([
      ended,
      timer.passed.then(() => 'too long' as const),
      stdout.overflowed.then(() => 'too much' as const),
    ]);
    if (typeof end === 'object') await orAfterGrace(closed);
    return { end, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    timer.stop();
    await stop(child);
  }
}

/** Collects what a stream brings, as far as the bound; the rest goes by. */
function gather(stream: Readable): { overflowed: Promise<void>; text: () => string } {
  const chunks: Buffer[] = [];
  let size = 0;
  const overflowed = new Promise<void>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      if (size < MOST_BYTES) chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_BYTES) resolve();
    });
  });
  return { overflowed, text: () => Buffer.concat(chunks).toString('utf8') };
}

/** Lets nothing of it keep us alive, be it a grandchild that holds a stream open. */
async function stop(child: Child): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (child.exitCode !== null || child.signalCode !== null || !child.kill(signal)) break;
    await orAfterGrace(new Promise((resolve) => child.once('exit', resolve)));
  }
  child.stdout.destroy();
  child.stderr.destroy();
  child.unref();
}

async function orAfterGrace(done: Promise<unknown>): Promise<void> {
  const timer = startTimer(GRACE_MS);
  await Promise.race([done, timer.passed]);
  timer.stop();
}

function startTimer(milliseconds: number): { passed: Promise<void>; stop: () => void } {
  let handle: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    handle = setTimeout(resolve, milliseconds);
  });
  return {
    passed,
    stop: () => {
      clearTimeout(handle);
    },
  };
}
