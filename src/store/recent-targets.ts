import { nodeCrypto } from '../host/node-crypto.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';

/** Enough for `assume -` to find another target than the present one. */
const KEPT = 5;

/** The targets of this terminal, the last one first; none without a terminal. */
export function readRecentTargets(host: Host): string[] {
  const path = pathOf(host);
  return path === null ? [] : (host.files.readText(path)?.split('\n').filter(Boolean) ?? []);
}

/** Puts the target first. Not being able to remember it is no failure. */
export function rememberTarget(host: Host, name: string): void {
  const path = pathOf(host);
  const directory = ownDirectory(host, 'state');
  if (path === null || directory === null) return;
  const names = [name, ...readRecentTargets(host).filter((other) => other !== name)];
  host.files.makePrivateDirectory(`${directory}/recent`);
  host.files.writePrivate(path, names.slice(0, KEPT).join('\n'));
}

function pathOf(host: Host): string | null {
  const directory = ownDirectory(host, 'state');
  const { name } = host.terminal;
  if (directory === null || name === null) return null;
  return `${directory}/recent/${nodeCrypto().createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}
