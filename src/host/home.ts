import { isAbsolute } from 'node:path';
import type { Environment } from './host.js';

/** The user's home; `null` for a user without any. A relative HOME names no place. */
export function findHome(env: Environment): string | null {
  const named = process.platform === 'win32' ? env['USERPROFILE'] : env['HOME'];
  if (named !== undefined && isAbsolute(named)) return named;
  if (named) return null;
  try {
    const { homedir, userInfo } = process.getBuiltinModule('node:os');
    // Of an empty HOME, homedir makes an empty path.
    return homedir() || userInfo().homedir || null;
  } catch {
    return null;
  }
}
