import { fingerprint } from './fingerprint.js';
import { findHome } from './home.js';
import type { Host } from './host.js';
import { readOwn } from './read-own.js';
import { writeAll } from './write-all.js';

/** As much of this machine as an answer takes that needs no thought. */
export type FastHost = Pick<
  Host,
  'argv' | 'env' | 'homeDirectory' | 'platform' | 'now' | 'stdout'
> & {
  readonly files: Pick<Host['files'], 'readOwn' | 'fingerprint'>;
  readonly keychain: Pick<Host['keychain'], 'get'>;
};

/** The same as `createNodeHost` gives, and made in no time. `stdout` throws the system's error. */
export function createFastHost(): FastHost {
  const { env } = process;
  return {
    argv: process.argv.slice(2),
    env,
    platform: process.platform,
    homeDirectory: findHome(env),
    now: () => new Date(),
    files: { readOwn, fingerprint },
    keychain: {
      get: async (name) => {
        const { openEntry, secretOf } = await import('./keychain-entry.js');
        return secretOf(await openEntry(name));
      },
    },
    stdout: (text) => {
      writeAll(1, Buffer.from(text));
    },
  };
}
