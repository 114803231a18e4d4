import { createNodeHost } from './host/node-host.js';
import { main } from './main.js';

const host = createNodeHost();
void main(host).then((status) => host.processes.endAs({ status }));
