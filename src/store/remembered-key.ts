import { KEY_BYTES } from './envelope.js';
import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { nearest, settingsOf } from '../target/layers.js';
import { attempt } from './attempt.js';
import { instantOrNull, parseRecord, textOrNull } from './json-record.js';
import { findMemoryDirectory, memoryDirectories } from './memory-directory.js';
import { readOwnFile } from './own-files.js';
import type { StoreUse } from './store-use.js';

/** As long as an MFA session: a working day. */
const REMEMBERED_MS = 12 * 3600 * 1000;

const FILE = /^master-[0-9a-f]+\.key$/;

/** The master key that a passphrase opened before, if the settings let it be remembered. */
export function readRememberedKey({ host, config }: StoreUse, id: string): Buffer | null {
  if (!isWanted(config)) return null;
  const path = pathOf(host, id);
  const text = path === null ? null : readOwnFile(host, path);
  const raw = text === null ? null : parseRecord(text);
  const until = instantOrNull(raw?.['until']);
  const key = Buffer.from(textOrNull(raw?.['key']) ?? '', 'base64');
  if (path === null || text === null) return null;
  if (until !== null && until > host.now() && key.length === KEY_BYTES) return key;
  removeQuietly(host, path);
  return null;
}

/** Keeps it in memory alone, for 12 hours from when the passphrase was given, if the settings say so. */
export function rememberKey(use: StoreUse, id: string, key: Buffer): void {
  const { host, config } = use;
  const path = pathOf(host, id);
  if (!isWanted(config) || path === null || readRememberedKey(use, id)) return;
  const until = new Date(host.now().getTime() + REMEMBERED_MS);
  attempt(host, 'remember the passphrase', () => {
    host.files.makePrivateDirectory(path.slice(0, path.lastIndexOf('/')));
    host.files.writePrivate(path, JSON.stringify({ until, key: key.toString('base64') }));
  });
}

/** Forgets them all, wherever they may lie. @throws AssumeError FAILED when one cannot be removed. */
export function forgetRememberedKeys(host: Host): void {
  for (const directory of memoryDirectories(host)) {
    for (const name of host.files.list(directory)) {
      if (FILE.test(name)) host.files.remove(`${directory}/${name}`);
    }
  }
}

function isWanted(config: StoreUse['config']): boolean {
  return nearest([settingsOf(config)], 'rememberPassphrase')?.value === true;
}

function pathOf(host: Host, id: string): string | null {
  const { path } = findMemoryDirectory(host);
  return path === null ? null : `${path}/master-${id}.key`;
}

function removeQuietly(host: Host, path: string): void {
  try {
    host.files.remove(path);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
  }
}
