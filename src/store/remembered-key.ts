import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { nearest, settingsOf } from '../target/layers.js';
import { attempt } from './attempt.js';
import { findMemoryDirectory, memoryDirectories } from './memory-directory.js';
import { formatRememberedKey, parseRememberedKey } from './remembered-key-text.js';
import type { StoreUse } from './store-use.js';

/** As long as an MFA session: a working day. */
const REMEMBERED_MS = 12 * 3600 * 1000;

const FILE = /^master-[0-9a-f]+\.key$/;

/** The master key that a passphrase opened before, if the settings let it be remembered. */
export function readRememberedKey({ host, config }: StoreUse, id: string): Buffer | null {
  const path = rememberedKeyPath({ host, config }, id);
  const text = path === null ? null : host.files.readOwn(path);
  if (path === null || text === null) return null;
  const key = parseRememberedKey(text, host.now());
  if (!key) removeQuietly(host, path);
  return key;
}

/** Keeps it in memory alone, for 12 hours from when the passphrase was given, if the settings say so. */
export function rememberKey(use: StoreUse, id: string, key: Buffer): void {
  const { host } = use;
  const path = rememberedKeyPath(use, id);
  if (path === null || readRememberedKey(use, id)) return;
  const until = new Date(host.now().getTime() + REMEMBERED_MS);
  attempt(host, 'remember the passphrase', () => {
    host.files.makePrivateDirectory(path.slice(0, path.lastIndexOf('/')));
    host.files.writePrivate(path, formatRememberedKey(key, until));
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

/** Where it is remembered; `null` where the settings do not let it be, or nothing lives in memory. */
export function rememberedKeyPath(
  { host, config }: Pick<StoreUse, 'host' | 'config'>,
  id: string,
): string | null {
  if (nearest([settingsOf(config)], 'rememberPassphrase')?.value !== true) return null;
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
