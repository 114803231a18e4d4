import { Secret } from '../credentials.js';
import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { visible } from '../visible.js';
import { storeUnavailable } from './key-place.js';
import type { StoreUse } from './store-use.js';

/** Names a file whose first line is the passphrase. */
export const PASSPHRASE_FILE = 'ASSUME_PASSPHRASE_FILE';

/** Fewer are guessed from a stolen file. */
const FEWEST_CHARACTERS = 8;

/**
 * The passphrase: from the file that the variable names, else hidden on the terminal.
 *
 * @param path - What it is to open, for people.
 * @throws AssumeError STORE_UNAVAILABLE when nothing can give it; CANCELLED.
 */
export async function askPassphrase(
  use: StoreUse,
  path: string,
): Promise<{ readonly passphrase: Secret; readonly canAskAgain: boolean }> {
  const given = readPassphraseFile(use.host);
  if (given) return { passphrase: given, canAskAgain: false };
  requireTerminal(use, `the passphrase of ${visible(path)} is needed`);
  const text = await use.host.terminal.askHidden("Passphrase of assume's store:");
  return { passphrase: new Secret(text), canAskAgain: true };
}

/**
 * A passphrase to begin with: at the terminal it is asked until it is long enough and given twice.
 *
 * @throws AssumeError STORE_UNAVAILABLE when nothing can give it; CANCELLED.
 */
export async function newPassphrase(use: StoreUse): Promise<Secret> {
  const { host } = use;
  const given = readPassphraseFile(host);
  if (given && isLongEnough(given.reveal())) return given;
  if (given) throw storeUnavailable(`the passphrase in ${PASSPHRASE_FILE} is too short`, TOO_SHORT);
  requireTerminal(use, "a passphrase for assume's store is needed");
  for (;;) {
    const text = await host.terminal.askHidden("New passphrase for assume's store:");
    if (!isLongEnough(text)) host.stderr(`assume: ${TOO_SHORT}\n`);
    else if ((await host.terminal.askHidden('The same again:')) === text) return new Secret(text);
    else host.stderr('assume: these were two different ones\n');
  }
}

const TOO_SHORT = `a passphrase has at least ${String(FEWEST_CHARACTERS)} characters`;

const isLongEnough = (text: string): boolean => Array.from(text).length >= FEWEST_CHARACTERS;

/** `null` where the variable names none. */
function readPassphraseFile(host: Host): Secret | null {
  const path = host.env[PASSPHRASE_FILE];
  if (!path) return null;
  const problem = explainFile(host, path);
  if (problem !== null) {
    throw storeUnavailable(
      `cannot take the passphrase from ${visible(path)} (${PASSPHRASE_FILE}): ${problem}`,
      `it has to be a file of yours that nobody else can read: chmod 600 '${visible(path)}'`,
    );
  }
  const [line = ''] = (host.files.readText(path) ?? '').split(/\r?\n/, 1);
  if (line !== '') return new Secret(line);
  throw storeUnavailable(
    `${visible(path)} (${PASSPHRASE_FILE}) holds no passphrase`,
    'write it as the first line of that file',
  );
}

function explainFile(host: Host, path: string): string | null {
  try {
    const facts = host.files.facts(path);
    if (facts === null) return 'it is not there';
    if (facts.kind !== 'file') return 'it is no file';
    if (host.userId === null) return null;
    if (facts.userId !== host.userId)
      return `it belongs to another user (uid ${String(facts.userId)})`;
    return (facts.mode & 0o077) === 0 ? null : 'it is open to other users';
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return error.message;
  }
}

function requireTerminal({ host, options }: StoreUse, wanted: string): void {
  if (!options['no-input'] && host.terminal.canAsk) return;
  const why = options['no-input'] ? '--no-input is given' : host.terminal.whyNot;
  throw storeUnavailable(
    `${wanted}, and ${why}`,
    `name a file that holds it in ${PASSPHRASE_FILE}, or type it once in a terminal with remember_passphrase = yes in [settings]: assume login`,
  );
}
