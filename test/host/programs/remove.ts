import { createNodeHost } from '../../../src/host/node-host.js';

/** remove DIRECTORY */
const { argv, files } = createNodeHost();
files.removeTree(argv[0] ?? '');
