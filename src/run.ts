import { keepCompiled } from './host/code-cache.js';
import { dumpAsBefore } from './host/dumps.js';
import { createNodeHost } from './host/node-host.js';
import { ownDirectory } from './host/own-directory.js';
import { main } from './main.js';

declare const ASSUME_BUILD: string;

/**
 * The whole program: everything that is not answered at once.
 *
 * @param filter - What core dumps of this process held at its start.
 */
export async function run(filter: string | null): Promise<never> {
  dumpAsBefore(filter);
  const host = createNodeHost();
  const cache = ownDirectory(host, 'cache');
  // The stand-alone executable is compiled already, and a sandbox leaves nothing behind.
  const isCompiled = process.versions['bun'] !== undefined;
  const isPractice = host.argv.includes('sandbox');
  if (cache !== null && !isCompiled && !isPractice && !host.env['ASSUME_NO_CODE_CACHE']) {
    keepCompiled(__dirname, `${cache}/code`, ASSUME_BUILD);
  }
  // The shell whose hook called us waits for our end alone: stopped by Ctrl-Z, we would hang it.
  if (host.env['ASSUME_HOOK'] !== undefined) process.on('SIGTSTP', () => undefined);
  return host.processes.endAs({ status: await main(host) });
}
