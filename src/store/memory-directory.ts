import type { Host } from '../host/host.js';

/**
 * A directory that lives in memory and ends with the machine, where secrets may rest in clear;
 * `null` where there is none.
 */
export function memoryDirectory(host: Host): string | null {
  const runtime = host.env['XDG_RUNTIME_DIR'];
  return runtime?.startsWith('/') ? `${runtime}/assume` : sharedMemoryDirectory(host);
}

/** The one that is there without a login session, too. */
export function sharedMemoryDirectory(host: Host): string | null {
  if (host.platform !== 'linux' || host.userId === null) return null;
  if (host.files.facts('/dev/shm')?.kind !== 'directory') return null;
  const directory = `/dev/shm/assume-${String(host.userId)}`;
  // Anybody may create it there first; one that is not ours is none.
  const owner = host.files.facts(directory)?.userId ?? host.userId;
  return owner === host.userId ? directory : null;
}
