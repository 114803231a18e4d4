import { scrypt } from 'node:crypto';
import { Secret } from '../credentials.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { visible } from '../visible.js';
import { IV_BYTES, KEY_BYTES, seal, unseal } from './envelope.js';
import { parseRecord, recordOrNull, textOrNull } from './json-record.js';
import { storeUnavailable, type KeyPlace, type KeyPlaceRow } from './key-place.js';
import { readOwnFile } from './own-files.js';
import { askPassphrase, newPassphrase } from './passphrase.js';
import { readRememberedKey, rememberKey } from './remembered-key.js';
import { singleFlight } from './single-flight.js';
import type { StoreUse } from './store-use.js';

/** How a key is made of a passphrase; kept beside what it opens, so that later versions may ask more. */
interface Derivation {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly salt: Buffer;
}

/**
 * What OWASP counts as much as N = 2^17, p = 1, in a quarter of its memory (32 MiB), as many processes
 * may do it at once; a third of a second.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const PRESENT = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };

const TRIES = 3;

/** A file that a passphrase opens, in the state directory: one a master key. */
export const passphraseFile: KeyPlaceRow = { open: makePlace };

function makePlace(use: StoreUse): KeyPlace {
  const { host } = use;
  return {
    words: 'a file that your passphrase opens',
    get: (id) => get(use, id),
    put: async (id, key) => {
      const derivation = { ...PRESENT, salt: host.randomBytes(16) };
      const derived = await derive(await newPassphrase(use), derivation);
      const path = pathOf(host, id);
      const sealed = seal(
        derived,
        host.randomBytes(IV_BYTES),
        contextOf(id, derivation),
        key.toString('hex'),
      );
      host.files.makePrivateDirectory(path.slice(0, path.lastIndexOf('/')));
      host.files.writePrivate(path, format(id, derivation, sealed));
      rememberKey(use, id, key);
    },
    remove: (id) => {
      host.files.remove(pathOf(host, id));
      return Promise.resolve();
    },
  };
}

async function get(use: StoreUse, id: string): Promise<Buffer | null> {
  const path = pathOf(use.host, id);
  const text = readOwnFile(use.host, path);
  if (text === null) return null;
  const file = parse(text);
  if (!file) {
    throw storeUnavailable(
      `${visible(path)} is damaged`,
      'bring it back from a backup; to give up what it opens: assume config store passphrase --force',
    );
  }
  const remembered = readRememberedKey(use, id);
  if (remembered) return remembered;
  return singleFlight(use, `passphrase-${id}`, 'ask the passphrase', async () => {
    // Whoever we waited for may have left it.
    const key = readRememberedKey(use, id) ?? (await unlock(use, id, path, file));
    rememberKey(use, id, key);
    return key;
  });
}

async function unlock(use: StoreUse, id: string, path: string, file: KeyFile): Promise<Buffer> {
  for (let tries = 1; ; tries++) {
    const { passphrase, canAskAgain } = await askPassphrase(use, path);
    const derived = await derive(passphrase, file.derivation);
    const key = unseal(derived, contextOf(id, file.derivation), file.sealed);
    if (key !== null) return Buffer.from(key, 'hex');
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

function contextOf(id: string, { cost, blockSize, parallelization, salt }: Derivation): string {
  return `assume/1/master-key/${JSON.stringify([id, cost, blockSize, parallelization, salt.toString('hex')])}`;
}

function derive(passphrase: Secret, derivation: Derivation): Promise<Buffer> {
  const { cost, blockSize, parallelization, salt } = derivation;
  const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.reveal().normalize('NFC'), salt, KEY_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

interface KeyFile {
  readonly derivation: Derivation;
  readonly sealed: Buffer;
}

function format(id: string, { salt, ...numbers }: Derivation, sealed: Buffer): string {
  const scryptFields = { ...numbers, salt: salt.toString('base64') };
  return JSON.stringify({
    version: 1,
    id,
    scrypt: scryptFields,
    sealed: sealed.toString('base64'),
  });
}

function parse(text: string): KeyFile | null {
  const raw = parseRecord(text);
  const fields = recordOrNull(raw?.['scrypt']);
  const [cost, blockSize, parallelization] = [
    fields?.['cost'],
    fields?.['blockSize'],
    fields?.['parallelization'],
  ];
  const salt = textOrNull(fields?.['salt']);
  const sealed = textOrNull(raw?.['sealed']);
  if (raw?.['version'] !== 1 || salt === null || sealed === null) return null;
  // Whoever changes the file must not get us to take all memory, nor to do next to nothing.
  if (!isBetween(cost, 2 ** 14, 2 ** 20) || !Number.isInteger(Math.log2(cost))) return null;
  if (!isBetween(blockSize, 8, 32) || !isBetween(parallelization, 1, 16)) return null;
  const derivation = { cost, blockSize, parallelization, salt: Buffer.from(salt, 'base64') };
  return { derivation, sealed: Buffer.from(sealed, 'base64') };
}

function isBetween(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
