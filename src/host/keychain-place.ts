import { isAssumeError } from '../errors.js';
import type { Files, Host } from './host.js';

/** Where a client of D-Bus looks for the session's bus; elsewhere the keychain is part of the system. */
export function placeOfKeychain({ env, files }: Pick<Host, 'env' | 'files'>): string | null {
  if (process.platform === 'darwin' || process.platform === 'win32') return process.platform;
  const address = env['DBUS_SESSION_BUS_ADDRESS'];
  if (address) return address;
  const runtime = env['XDG_RUNTIME_DIR'];
  return runtime && isThere(files, `${runtime}/bus`) ? `unix:path=${runtime}/bus` : null;
}

/** What may not be looked at is not there for us. */
function isThere(files: Files, path: string): boolean {
  try {
    return files.facts(path) !== null;
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return false;
  }
}
