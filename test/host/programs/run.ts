import { isAssumeError } from '../../../src/errors.js';
import { createNodeHost } from '../../../src/host/node-host.js';

/** run|become COMMAND ARGS…: as exec does, with our environment. */
async function main(): Promise<void> {
  const host = createNodeHost();
  const [how, command = '', ...args] = host.argv;
  try {
    const { processes } = host;
    const end = await processes[how === 'become' ? 'become' : 'run'](command, args, host.env);
    await processes.endAs(end);
  } catch (thrown) {
    if (!isAssumeError(thrown)) throw thrown;
    host.stderr(`${thrown.message}\n`);
    process.exit(thrown.exitStatus);
  }
}

void main();
