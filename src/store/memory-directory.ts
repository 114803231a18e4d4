import { isAssumeError, type AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';

/** Linux's, for every user: shm_overview(7). */
export const SHARED_MEMORY = '/dev/shm';

/** Where secrets may rest in clear. */
export interface MemoryDirectory {
  /** `null` where there is no such place. */
  readonly path: string | null;
  /** Why a directory that is there was passed over, such as another user's. */
  readonly refusals: readonly AssumeError[];
}

/**
 * A directory that lives in memory and ends with the machine: the session's own, else that of the
 * machine. It need not be there yet; one that is there is ours alone.
 */
export function findMemoryDirectory(host: Host): MemoryDirectory {
  const refusals: AssumeError[] = [];
  for (const directory of memoryDirectories(host)) {
    try {
      if (isInMemory(host, directory)) return { path: directory, refusals };
    } catch (error) {
      if (!isAssumeError(error)) throw error;
      refusals.push(error);
    }
  }
  return { path: null, refusals };
}

/** Every directory that could be one on some day: with another session, or once it is mended. */
export function memoryDirectories({ env, userId }: Host): string[] {
  if (userId === null) return [];
  const runtime = env['XDG_RUNTIME_DIR'];
  const own = runtime?.startsWith('/') ? [`${runtime}/assume`] : [];
  // In a sandbox nothing of the user's is touched.
  const shared = env['ASSUME_SANDBOX'] ? [] : [`${SHARED_MEMORY}/assume-${String(userId)}`];
  return [...own, ...shared];
}

/** @throws AssumeError FAILED when it is there and not ours alone. */
function isInMemory({ files, userId }: Host, directory: string): boolean {
  const parent = directory.slice(0, directory.lastIndexOf('/'));
  if (!files.isInMemory(parent)) return false;
  // By its specification the runtime directory is the user's own; after `su` it may be another's.
  const owner = files.facts(parent)?.userId ?? userId;
  if (parent !== SHARED_MEMORY && owner !== userId) return false;
  return !files.provePrivateDirectory(directory) || files.isInMemory(directory);
}
