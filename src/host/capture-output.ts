import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { inWords } from './file-error.js';
import type { Environment } from './host.js';

/** More than any code or credentials take. */
const MOST_BYTES = 1024 * 1024;
/** What a command that was told to end may take for it. */
const GRACE_MS = 500;

/**
 * Runs a command line of the user's configuration through the system's shell and gives what it
 * printed. Its stderr is ours, so that it can ask for a touch of a key; stdin stays unread for the
 * child that comes later. Errors name its first word only: the rest may hold a secret.
 *
 * @throws AssumeError `FAILED` with its status, or after `timeoutMs`.
 */
export async function captureOutput(
  commandLine: string,
  timeoutMs: number,
  env: Environment,
): Promise<string> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const child = spawn(commandLine, { shell: true, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const name = `the command ${visible(commandLine.trim().split(/\s/, 1)[0] ?? '')}`;
  const seconds = (timeoutMs / 1000).toString();
  const timer = setTimeout(() => {
    child.emit('error', new Error(`it took longer than ${seconds} s`));
  }, timeoutMs);
  try {
    return await outputOf(child);
  } catch (thrown) {
    stop(child);
    throw new AssumeError('FAILED', `${name} failed: ${inWords(thrown)}`, {
      hint: 'Run it by itself to see why.',
      cause: thrown,
    });
  } finally {
    clearTimeout(timer);
  }
}

function outputOf(child: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_BYTES) reject(new Error('it printed more than 1 MiB'));
    });
    child.once('error', reject);
    child.once('close', (status, signal) => {
      if (status === 0) resolve(Buffer.concat(chunks).toString('utf8'));
      else
        reject(
          new Error(signal ? `it was killed by ${signal}` : `its status was ${String(status)}`),
        );
    });
  });
}

/** Lets nothing of it keep us alive, be it a grandchild that holds the pipe open. */
function stop(child: ChildProcessByStdio<null, Readable, null>): void {
  child.on('error', () => undefined);
  child.stdout.destroy();
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
  child.unref();
}
