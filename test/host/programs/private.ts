import { join } from 'node:path';
import { createNodeHost } from '../../../src/host/node-host.js';

/** private DIRECTORY: makes one of everything in it. */
async function main(): Promise<void> {
  const { argv, files } = createNodeHost();
  const [directory = ''] = argv;
  files.makePrivateDirectory(directory);
  files.writePrivate(join(directory, 'private'), 'text');
  files.createNew(join(directory, 'new'), 'text');
  await files.edit(join(directory, 'edited'), () => 'text');
}

void main();
