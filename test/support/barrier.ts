import { execFileSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { preload, type Preload } from './preload.js';
import type { TempHome } from './temp-home.js';

/** Holds processes back before their first line of ours, and lets them go together. */
export interface Barrier {
  /** For the processes: each stops when Node has started and before the program is loaded. */
  readonly env: Preload;
  /** Waits until that many are there, and lets all of them go at once. */
  open(count: number): Promise<void>;
}

/** Makes one of two named pipes in the home: who is there writes a byte, who may go reads one. */
export function makeBarrier(home: TempHome): Barrier {
  const ready = join(home.path, 'barrier-ready');
  const go = join(home.path, 'barrier-go');
  execFileSync('mkfifo', [ready, go]);
  const text = `const fs = require('node:fs');
// A stand-alone executable runs itself to prove the keychain; that run is not of those that are counted.
const isProof = process.argv.some((word) => word.startsWith('prove-keychain'));
if (!isProof && (process.versions.bun || process.argv[1]?.endsWith('assume.cjs'))) {
  const ready = fs.openSync(${JSON.stringify(ready)}, 'r+');
  const go = fs.openSync(${JSON.stringify(go)}, 'r+');
  fs.writeSync(ready, '.');
  fs.readSync(go, Buffer.alloc(1));
  fs.closeSync(ready);
  fs.closeSync(go);
}
`;
  return {
    env: preload(home, 'barrier', text),
    async open(count) {
      const [there, gate] = await Promise.all([open(ready, 'r+'), open(go, 'r+')]);
      for (let arrived = 0; arrived < count;) {
        arrived += (await there.read(Buffer.alloc(count))).bytesRead;
      }
      await gate.write('.'.repeat(count));
      await there.close();
      await gate.close();
    },
  };
}
