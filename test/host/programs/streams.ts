const loadedBefore = new Set(loaded());
import { createNodeHost } from '../../../src/host/node-host.js';

/** Names of the built-in modules that are loaded. */
function loaded(): string[] {
  const { moduleLoadList } = process as unknown as { moduleLoadList: string[] };
  return moduleLoadList.map((name) => name.replace('NativeModule ', ''));
}

const host = createNodeHost();
const [what, count] = host.argv;
try {
  if (what === 'write') host.stdout('x'.repeat(Number(count)));
  if (what === 'read') host.stdout(JSON.stringify([host.readStdinLine()]));
  if (what === 'loaded')
    host.stdout(
      loaded()
        .filter((name) => !loadedBefore.has(name))
        .join('\n'),
    );
} catch (thrown) {
  host.stderr(`${(thrown as Error).message}\n`);
  process.exitCode = 1;
}
