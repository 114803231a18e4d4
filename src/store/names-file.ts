import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import type { Seen } from '../host/watch-host.js';

/**
 * The variables that say where configuration lies. Shells compare their values to those in the names
 * file: what else decided, such as a variable in one of these, keeps it from being written.
 */
export const PLACE_VARIABLES = [
  'HOME',
  'XDG_CONFIG_HOME',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'ASSUME_CONFIG',
  'APPDATA',
] as const;

/** In our cache. */
export const NAMES_FILE = 'names';

/**
 * Writes the targets' names for the shell's own completion, which then starts no program: first the
 * values of `PLACE_VARIABLES` between bars; then a line for each file and directory that they came
 * from, `+` before one that is there and `-` before one that is not; a point; and the names. It is
 * stale once a value differs, one of these is younger than it, came or went. Another user's is ignored.
 *
 * @param names - As `list --names` prints them: a shell takes them as they are.
 * @throws AssumeError FAILED
 */
export function writeNames(host: Host, seen: Seen, names: string): void {
  const directory = ownDirectory(host, 'cache');
  if (directory === null) return;
  const known = new Set<string>(PLACE_VARIABLES);
  const values = PLACE_VARIABLES.map((name) => seen.variables[name] ?? '');
  const sources = { ...seen.places, ...seen.contents };
  const marked = Object.entries(sources).map(([path, text]) => (text === null ? '-' : '+') + path);
  const isTold = Object.keys(seen.variables).every((name) => known.has(name));
  if (!isTold || [...values, ...marked].some((line) => line.includes('\n'))) return;
  host.files.makePrivateDirectory(directory);
  const head = [values.join('|'), ...marked, '.'].join('\n');
  host.files.writePrivate(`${directory}/${NAMES_FILE}`, `${head}\n${names}`);
}
