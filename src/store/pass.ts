import { isAssumeError, type AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { KEY_BYTES } from './envelope.js';
import { storeUnavailable, type KeyPlace, type KeyPlaceRow } from './key-place.js';
import type { StoreUse } from './store-use.js';

/** gpg may ask for its own passphrase, which takes a person time. */
const TIMEOUT_MS = 50_000;

/** More of what it said would hide what happened. */
const MOST_SAID = 500;

/** The password store of the user: `pass`, which encrypts with gpg. */
export const pass: KeyPlaceRow = { open: makePlace };

function makePlace({ host }: StoreUse): KeyPlace {
  return {
    words: 'the password store of pass',
    has: (id) => Promise.resolve(isThere(host, id)),
    get: async (id) => {
      if (!isThere(host, id)) return null;
      const key = Buffer.from((await run(host, ['show', entryOf(id)])).trim(), 'base64');
      if (key.length === KEY_BYTES) return key;
      throw failure(`its entry ${entryOf(id)} is not the key that was put there`);
    },
    put: async (id, key) => {
      await run(host, ['insert', '--multiline', entryOf(id)], `${key.toString('base64')}\n`);
    },
    remove: async (id) => {
      if (!isThere(host, id)) return;
      await run(host, ['rm', '--force', entryOf(id)]);
    },
  };
}

const entryOf = (id: string): string => `assume/${id}`;

const isThere = (host: Host, id: string): boolean =>
  host.files.facts(`${passDirectory(host)}/${entryOf(id)}.gpg`) !== null;

/** @see https://git.zx2c4.com/password-store/about/ */
function passDirectory({ env, homeDirectory }: Host): string {
  return env['PASSWORD_STORE_DIR'] ?? `${homeDirectory ?? ''}/.password-store`;
}

async function run(host: Host, args: readonly string[], input?: string): Promise<string> {
  const terminal = host.terminal.name;
  // Where gpg asks, as its manual has every start file of a shell say.
  const env = terminal === null ? host.env : { GPG_TTY: terminal, ...host.env };
  try {
    const limits = {
      timeoutMs: TIMEOUT_MS,
      sharesStdin: false,
      ...(input !== undefined && { input }),
    };
    const { end, stdout, stderr } = await host.processes.output('pass', args, env, limits);
    if (typeof end === 'object' && 'status' in end && end.status === 0) return stdout;
    throw failure(oneLine(stderr) || 'it did not end well');
  } catch (error) {
    if (!isAssumeError(error) || error.code === 'STORE_UNAVAILABLE') throw error;
    throw storeUnavailable(error.message, error.hint ?? '', error);
  }
}

/** It breaks its sentences. */
const oneLine = (text: string): string => text.trim().split(/\s+/).join(' ').slice(-MOST_SAID);

function failure(problem: string): AssumeError {
  return storeUnavailable(
    `the password store of pass cannot be used: ${problem}`,
    'see whether it works by itself: pass ls; a new one begins with: pass init',
  );
}
