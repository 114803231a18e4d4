import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { ASSUME, type Ended, type Practice, RUNTIME } from './practice.js';

/** The built program while it runs, without a terminal. */
export interface StartedProgram {
  readonly pid: number;
  /** Resolves once stderr holds the text. @throws Error when it ends without it. */
  said(text: string): Promise<void>;
  /** Kills it (`kill -9`), unless it has ended. */
  kill(): void;
  readonly ended: Promise<Ended>;
}

/**
 * Starts the built program in a session of its own; what still runs of it ends with the test.
 *
 * @param under - Words before the program's own, of something that becomes it.
 */
export function startProgram(
  practice: Practice,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  under: readonly string[] = [],
): StartedProgram {
  const [program = '', ...words] = [...under, RUNTIME, ASSUME, ...args];
  const child = spawn(program, words, {
    cwd: practice.home.path,
    env: { ...practice.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let look = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    look();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject).on('close', (status, signal) => {
      resolve({ status, signal, stdout, stderr });
    });
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    pid: child.pid ?? 0,
    said: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          if (stderr.includes(text)) resolve();
        };
        void ended.then(() => {
          reject(new Error(`it ended without saying "${text}": ${stderr}`));
        });
        look();
      }),
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
}
