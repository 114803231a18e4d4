import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

/** A started program, with what it has printed so far. */
export interface Started {
  readonly process: ChildProcessWithoutNullStreams;
  readonly pid: number;
  readonly output: () => string;
  /** Resolves once its output, stdout and stderr together, holds the text. */
  printed(text: string): Promise<void>;
  ended: Promise<{ status: number | null; signal: NodeJS.Signals | null; output: string }>;
}

/** Starts a program without a shell, its streams piped to us. */
export function start(
  [command, ...args]: readonly [string, ...string[]],
  options: { env?: Record<string, string>; cwd?: string } = {},
): Started {
  const child = spawn(command, args, { ...options, stdio: 'pipe' });
  let output = '';
  const watchers = new Set<() => void>();
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const look of watchers) look();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended: Started['ended'] = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => {
      resolve({ status, signal, output });
    });
  });
  return {
    process: child,
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!output.includes(text)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        void ended.then(() => {
          reject(new Error(`it ended without printing "${text}": ${output}`));
        });
        look();
      }),
  };
}
