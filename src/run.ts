import { createNodeHost } from './host/node-host.js';
import { main } from './main.js';

/** The whole program: everything that is not answered at once. */
export async function run(): Promise<never> {
  const host = createNodeHost();
  // The shell whose hook called us waits for our end alone: stopped by Ctrl-Z, we would hang it.
  if (host.env['ASSUME_HOOK'] !== undefined) process.on('SIGTSTP', () => undefined);
  return host.processes.endAs({ status: await main(host) });
}
