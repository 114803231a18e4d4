import { keepOutOfDumps } from './host/dumps.js';
import { createNodeHost } from './host/node-host.js';
import { main } from './main.js';

keepOutOfDumps();
const host = createNodeHost();
// The shell whose hook called us waits for our end alone: stopped by Ctrl-Z, we would hang it.
if (host.env['ASSUME_HOOK'] !== undefined) process.on('SIGTSTP', () => undefined);
void main(host).then((status) => host.processes.endAs({ status }));
