import { randomBytes } from 'node:crypto';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { explainFailure, openEntry } from './keychain-entry.js';

/** One that needs nobody's help takes a hundredth of a second. */
const LIMIT_MS = 500;

/**
 * A program of its own, which `Keychain.prove` runs. The library waits where it is called, be it for a
 * service that hangs or for a person to unlock the keychain: here in a thread that is ended with the
 * process. Prints why the keychain cannot be used; nothing when it can.
 */
function main(): void {
  const worker = new Worker(process.argv[1] ?? '', { argv: process.argv.slice(2) });
  worker.once('online', () => {
    setTimeout(() => {
      say(`it did not answer within ${String(LIMIT_MS)} ms`);
    }, LIMIT_MS);
  });
  worker.once('message', say);
  worker.once('error', (error) => {
    say(explainFailure(error));
  });
}

/** Ended by a signal: an orderly end would wait for the thread. */
function say(problem: string): void {
  process.stdout.write(problem, () => process.kill(process.pid, 'SIGKILL'));
}

async function prove(): Promise<string> {
  try {
    const secret = randomBytes(32);
    const entry = await openEntry(`probe/${secret.toString('hex', 0, 8)}`);
    await entry.setSecret(secret);
    const read = await entry.getSecret();
    await entry.deleteCredential();
    return read && secret.equals(Buffer.from(read)) ? '' : 'it gave back something else';
  } catch (error) {
    return explainFailure(error);
  }
}

if (isMainThread) main();
else void prove().then((problem) => parentPort?.postMessage(problem));
