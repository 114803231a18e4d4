import { fastPath } from './fast-path.js';
import { keepOutOfDumps } from './host/dumps.js';
import { createFastHost } from './host/fast-host.js';

async function start(): Promise<void> {
  const filter = keepOutOfDumps();
  if (await fastPath(createFastHost())) return;
  const { run } = await import('./run.js');
  await run(filter);
}

void start();
