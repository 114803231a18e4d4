import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A home of its own for one test file, with nothing of the developer's in reach. */
export interface TempHome {
  readonly path: string;
  /** HOME and every XDG directory inside `path`, a plain PATH, and nothing else. */
  readonly env: Record<string, string>;
  remove(): void;
}

/** Creates the directory, 0700, and the runtime directory in it. */
export function makeTempHome(): TempHome {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'assume-test-')));
  const runtime = join(path, 'run');
  mkdirSync(runtime, { mode: 0o700 });
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
      rmSync(path, { recursive: true, force: true });
    },
  };
}
