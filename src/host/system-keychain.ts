import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AsyncEntry } from '@napi-rs/keyring';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import type { Environment, Keychain } from './host.js';
import { placeOfKeychain } from './keychain-place.js';

/** What tells the stand-alone executable to be the proof: `binary/entry.cjs`. */
const PROVE_KEYCHAIN = 'prove-keychain: internal';

/** The proof limits itself; this is for one that cannot even begin. */
const PROOF_MS = 10_000;

/**
 * The keychain of this machine. The native library behind it is loaded when it is first used.
 *
 * @param script - The launcher, beside whose `dist` the proof lies; empty for the stand-alone
 * executable, which holds it.
 */
export function createKeychain(env: Environment, script: string): Keychain {
  return {
    findPlace: placeOfKeychain,
    whyNot: 'no D-Bus session bus',
    prove: () => prove(env, script),
    get: (name) =>
      attempt('read', name, async (entry) => {
        const { secretOf } = await import('./keychain-entry.js');
        return secretOf(entry);
      }),
    set: (name, secret) => attempt('write', name, (entry) => entry.setSecret(secret)),
    remove: (name) => attempt('delete', name, (entry) => entry.deleteCredential()),
  };
}

async function prove(env: Environment, script: string): Promise<string | null> {
  const program =
    script === ''
      ? PROVE_KEYCHAIN
      : join(dirname(realpathSync(script)), '../dist/prove-keychain.cjs');
  const limits = { timeoutMs: PROOF_MS, sharesStdin: false };
  const { programOutput } = await import('./program-output.js');
  const { end, stdout } = await programOutput(process.execPath, [program], env, limits);
  if (stdout !== '') return visible(stdout);
  // It ends itself by this signal once it has said what it has to say.
  return typeof end === 'object' && 'signal' in end && end.signal === 'SIGKILL'
    ? null
    : 'its library fails';
}

async function attempt<T>(
  wanted: string,
  name: string,
  work: (entry: AsyncEntry) => Promise<T>,
): Promise<T> {
  const { explainFailure, openEntry } = await import('./keychain-entry.js');
  try {
    return await work(await openEntry(name));
  } catch (cause) {
    throw new AssumeError(
      'STORE_UNAVAILABLE',
      `cannot ${wanted} ${visible(name)} in the system keychain: ${visible(explainFailure(cause))}`,
      {
        hint: 'run it where your desktop session is, with the keychain unlocked; or keep the key elsewhere: assume config store passphrase',
        cause,
      },
    );
  }
}
