import type { Secret } from '../credentials.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { visible } from '../visible.js';
import { readStoreRecord } from './chosen-store.js';
import { makeKeyFile, openKeyFile, parseKeyFile, type KeyFile } from './key-file.js';
import { storeUnavailable, type KeyPlace, type KeyPlaceRow } from './key-place.js';
import { askPassphrase, newPassphrase, PASSPHRASE_FILE } from './passphrase.js';
import { readRememberedKey, rememberKey } from './remembered-key.js';
import { singleFlight } from './single-flight.js';
import type { StoreUse } from './store-use.js';

const TRIES = 3;

/** A file that a passphrase opens, in the state directory: one a master key. */
export const passphraseFile: KeyPlaceRow = { open: makePlace };

/** Tells whether each process that opens the store in use asks a person for the passphrase. */
export function takesPassphrase(use: StoreUse): boolean {
  const { current } = readStoreRecord(use.host);
  if (current?.name !== 'passphrase' || use.host.env[PASSPHRASE_FILE]) return false;
  return readRememberedKey(use, current.id) === null;
}

function makePlace(use: StoreUse): KeyPlace {
  const { host } = use;
  /** The passphrase of each file that this made: what was just given is not asked again. */
  const given = new Map<string, Secret>();
  return {
    words: 'a file that your passphrase opens',
    has: (id) => Promise.resolve(readFile(host, id) !== null),
    get: (id) => get(use, id, given.get(id)),
    put: async (id, key) => {
      const passphrase = await newPassphrase(use);
      given.set(id, passphrase);
      const text = await makeKeyFile(host, passphrase, id, key);
      const path = pathOf(host, id);
      host.files.makePrivateDirectory(path.slice(0, path.lastIndexOf('/')));
      host.files.writePrivate(path, text);
      rememberKey(use, id, key);
    },
    remove: (id) => {
      host.files.remove(pathOf(host, id));
      return Promise.resolve();
    },
  };
}

async function get(use: StoreUse, id: string, given?: Secret): Promise<Buffer | null> {
  const path = pathOf(use.host, id);
  const file = readFile(use.host, id);
  if (!file) return null;
  if (given) return openKeyFile(given, id, file);
  const remembered = readRememberedKey(use, id);
  if (remembered) return remembered;
  return singleFlight(use, `passphrase-${id}`, 'open the store with the passphrase', async () => {
    // Whoever we waited for may have left it.
    const key = readRememberedKey(use, id) ?? (await unlock(use, id, path, file));
    rememberKey(use, id, key);
    return key;
  });
}

/** `null` where there is none. @throws AssumeError STORE_UNAVAILABLE for one that is damaged. */
function readFile(host: Host, id: string): KeyFile | null {
  const path = pathOf(host, id);
  const text = host.files.readOwn(path);
  if (text === null) return null;
  const file = parseKeyFile(text);
  if (file) return file;
  throw storeUnavailable(
    `${visible(path)} is damaged`,
    'bring it back from a backup; to give up what it opens: assume config store passphrase --force',
  );
}

async function unlock(use: StoreUse, id: string, path: string, file: KeyFile): Promise<Buffer> {
  for (let tries = 1; ; tries++) {
    const { passphrase, canAskAgain } = await askPassphrase(use, path);
    const key = await openKeyFile(passphrase, id, file);
    if (key) return key;
    if (!canAskAgain || tries === TRIES) throw wrong(path);
    use.host.stderr('assume: that is not the passphrase\n');
  }
}

function wrong(path: string): AssumeError {
  return storeUnavailable(
    `the passphrase does not open ${visible(path)}`,
    'try again; if it is lost, so is what it opens: assume config store passphrase --force starts anew',
  );
}

function pathOf(host: Host, id: string): string {
  const directory = ownDirectory(host, 'state');
  if (directory !== null) return `${directory}/passphrase-${id}.json`;
  throw storeUnavailable('there is no home directory for the key', 'set HOME');
}
