import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInMemory } from '../../src/host/is-in-memory.js';

const MEMORY = '/dev/shm/assume-test-';

/** A home of its own for one test file, with nothing of the developer's in reach. */
export interface TempHome {
  readonly path: string;
  /** HOME and every XDG directory inside `path`, a plain PATH, and nothing else. */
  readonly env: Record<string, string>;
  remove(): void;
}

/**
 * Creates the directory, 0700, and in it `run`, the runtime directory: on a machine whose temporary
 * directory is on a disk a link to one in memory, as the program keeps sessions nowhere else.
 */
export function makeTempHome(): TempHome {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'assume-test-')));
  const runtime = join(path, 'run');
  const memory = !isInMemory(path) && isInMemory('/dev/shm') ? mkdtempSync(MEMORY) : null;
  if (memory === null) mkdirSync(runtime, { mode: 0o700 });
  else symlinkSync(memory, runtime);
  return {
    path,
    env: {
      HOME: path,
      PATH: process.env['PATH'] ?? '/bin:/usr/bin',
      LC_ALL: 'C.UTF-8',
      TERM: 'xterm',
      XDG_CONFIG_HOME: join(path, '.config'),
      XDG_STATE_HOME: join(path, '.local/state'),
      XDG_CACHE_HOME: join(path, '.cache'),
      XDG_RUNTIME_DIR: runtime,
    },
    remove: () => {
      for (const made of [path, memory ?? path]) rmSync(made, { recursive: true, force: true });
    },
  };
}
