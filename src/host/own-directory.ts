import { isAbsolute, join } from 'node:path';
import type { Host } from './host.js';

const KINDS = {
  config: { variable: 'XDG_CONFIG_HOME', fallback: '.config' },
  state: { variable: 'XDG_STATE_HOME', fallback: '.local/state' },
  cache: { variable: 'XDG_CACHE_HOME', fallback: '.cache' },
} as const;

/**
 * Where our own files of that kind lie, such as `~/.local/state/assume`. Not created here. `null`
 * when there is neither a home nor a variable that names the place.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/ a relative path is to be ignored
 */
export function ownDirectory(
  host: Pick<Host, 'env' | 'homeDirectory' | 'platform'>,
  kind: keyof typeof KINDS,
): string | null {
  const { variable, fallback } = KINDS[kind];
  const named = host.env[variable];
  if (named !== undefined && isAbsolute(named)) return join(named, 'assume');
  if (host.platform === 'win32') return onWindows(host.env, kind);
  return host.homeDirectory === null ? null : join(host.homeDirectory, fallback, 'assume');
}

function onWindows(env: Host['env'], kind: keyof typeof KINDS): string | null {
  if (kind === 'config') return env['APPDATA'] ? join(env['APPDATA'], 'assume') : null;
  return env['LOCALAPPDATA'] ? join(env['LOCALAPPDATA'], 'assume', kind) : null;
}
