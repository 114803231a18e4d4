import { isAssumeError } from '../../../src/errors.js';
import { createNodeHost } from '../../../src/host/node-host.js';

/** Waits for what never comes, or with an argument for that word, and tells how the wait ended. */
async function main(): Promise<void> {
  const host = createNodeHost();
  const [word] = host.argv;
  const work = word === undefined ? host.sleep(60_000).then(() => 'late') : Promise.resolve(word);
  const waiting = host.processes.unlessCancelled(work);
  process.stdout.write('waiting\n');
  try {
    const outcome = await waiting;
    process.stdout.write(`${outcome} ${String(process.listenerCount('SIGINT'))}\n`);
  } catch (thrown) {
    if (!isAssumeError(thrown)) throw thrown;
    process.stdout.write(`${thrown.code} ${String(process.listenerCount('SIGINT'))}\n`);
    process.exit(thrown.exitStatus);
  }
}

void main();
