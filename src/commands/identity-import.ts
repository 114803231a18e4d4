import type { Request } from '../argv.js';
import { readConfig, type Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { putKey } from '../identity/store-key-home.js';
import { changeKeys } from '../store/key-store.js';
import type { LongTermKeys } from '../store/long-term-keys.js';
import { takesPassphrase } from '../store/passphrase-file.js';
import { readRotation, writeRotation } from '../store/rotations.js';
import { singleFlight } from '../store/single-flight.js';
import type { StoreUse } from '../store/store-use.js';
import { visible } from '../visible.js';
import type { Command } from './command.js';
import { findImport, type Import } from './identity-import-find.js';
import { leadThere, takeOut } from './identity-import-files.js';
import { proveProcess, type KeyPair } from './identity-import-prove.js';
import { sayUnlessQuiet } from './say.js';

/**
 * Moves a profile's long-term keys from AWS's files into the store, where AWS's own tools go on finding
 * them by a process. They stand in at least one of the two places at any moment, and a run that ends
 * anywhere between is finished by the next one: into the store and read back; the identity and the
 * process written, while keys that stand in the file still come first; that very process run and its
 * answer compared; only then out of the file.
 */
export const command: Command = {
  run: async (request, host) => {
    const { profile } = findImport(readConfig(host), host, request);
    requireProgram(host);
    const flight = { host, options: request.options, lockWaitMs: null };
    const what = `move the keys of ${visible(profile)}`;
    // Under the lock of a rotation, which changes the same keys.
    await singleFlight(flight, `rotate-profile:${profile}`, what, () => move(request, host));
    return 0;
  },
};

async function move(request: Request, host: Host): Promise<void> {
  const config = readConfig(host);
  const found = findImport(config, host, request);
  const use = { host, config, options: request.options, lockWaitMs: null };
  const stored = await changeKeys(use, (kept) => keep(use, kept, found));
  await leadThere(host, config, found);
  if (takesPassphrase(use)) {
    const why = "AWS's tools will run it, and it asks the passphrase for itself";
    sayUnlessQuiet(host, request.options, `the process in place of the keys is run as ${why}`);
  }
  await proveProcess(host, request, found, stored);
  moveRotation(host, found);
  await takeOut(host, found);
  tell(request, host, config, found);
}

/** @returns The pair that the store has then: that of the file, or the one that has replaced it. */
async function keep(use: StoreUse, kept: LongTermKeys, found: Import): Promise<KeyPair> {
  const { identity, keys, replacedBy } = found;
  const before = await kept.get(identity);
  if (before?.accessKeyId === replacedBy) return before;
  if (before?.secretAccessKey.reveal() !== keys.secretAccessKey.reveal()) {
    await putKey(use, kept, identity, keys);
  }
  return keys;
}

/** AWS's tools look for it where we do. */
function requireProgram({ files }: Host): void {
  if (files.which('assume') !== null) return;
  throw new AssumeError('FAILED', "no assume is on PATH, where AWS's tools would look for it", {
    hint: 'install it there: npm install -g assume-cli',
  });
}

/** An old key that a rotation has left is deleted in its time, wherever the new one rests. */
function moveRotation(host: Host, { profile, identity }: Import): void {
  const noted = readRotation(host, `profile:${profile}`);
  if (!noted) return;
  writeRotation(host, `keychain:${identity}`, noted);
  writeRotation(host, `profile:${profile}`, null);
}

function tell({ options }: Request, host: Host, { aws }: Config, found: Import): void {
  const { identity, keys, profiles, place, copies, replacedBy } = found;
  const say = (text: string): void => {
    sayUnlessQuiet(host, options, text);
  };
  const names =
    profiles.length === 1 ? `profile ${profiles.join()}` : `profiles ${profiles.join(', ')}`;
  say(
    replacedBy === null
      ? `moved ${keys.accessKeyId} from ${place.file} into the store, as identity ${identity}`
      : `took ${keys.accessKeyId} out of ${place.file}: as identity ${identity} it was replaced by ${replacedBy}`,
  );
  say(
    `AWS's tools get it as ${names} as before, by credential_process in ${aws.config.path ?? ''}`,
  );
  for (const copy of copies) say(`the same key still stands in clear in ${copy}`);
  if (replacedBy !== null) return;
  say(
    `a copy of the old file, such as a backup, still holds the key; to make it worthless: assume identity rotate ${identity}`,
  );
}
