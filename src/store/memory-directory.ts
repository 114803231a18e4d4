import type { Host } from '../host/host.js';

/**
 * A directory that lives in memory and ends with the machine, where secrets may rest in clear;
 * `null` where there is none.
 */
export function memoryDirectory(host: Host): string | null {
  const runtime = host.env['XDG_RUNTIME_DIR'];
  if (runtime?.startsWith('/')) return `${runtime}/assume`;
  if (host.platform !== 'linux' || host.userId === null) return null;
  return host.files.facts('/dev/shm')?.kind === 'directory'
    ? `/dev/shm/assume-${String(host.userId)}`
    : null;
}
