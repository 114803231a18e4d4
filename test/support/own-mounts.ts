import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

/**
 * Words under which a program sees mounts that nobody else sees and that end with it: a full disk, a
 * read-only home, a /dev/shm in which a test leaves nothing behind.
 *
 * @param mounting - A line of sh that mounts; `$0` in it is the place.
 * @returns `null` where this user may make no namespace, which a test says and skips.
 */
export function underOwnMounts(mounting: string, place: string): string[] | null {
  const namespace = process.getuid?.() === 0 ? '-m' : '-Urm';
  const words = [namespace, 'sh', '-c', `${mounting} && exec "$@"`, place];
  if (spawnSync('unshare', [...words, 'true']).status === 0) return ['unshare', ...words];
  console.warn('skipped: this user may make no namespace with mounts of its own');
  return null;
}

/** A /dev/shm in memory, as it is after a boot. */
export const NEW_SHARED_MEMORY = 'mount -t tmpfs tmpfs /dev/shm';

/** The same, but for the place, a directory of it, which is there too. */
const NEW_SHARED_MEMORY_BUT =
  'mount --bind "$0" /mnt && mount -t tmpfs tmpfs /dev/shm && mkdir -m 700 "$0" && mount --bind /mnt "$0" && umount /mnt';

/**
 * Words under which no session of the machine's own user in /dev/shm is seen: forgetting what lies
 * there would log a developer out, and another test's would be counted.
 *
 * @param runtime - The runtime directory, which is seen wherever it is.
 * @returns None where this user may make no namespace.
 */
export function underOwnSharedMemory(runtime: string): readonly string[] {
  const place = realpathSync(runtime);
  const isBelow = place.startsWith('/dev/shm/');
  return underOwnMounts(isBelow ? NEW_SHARED_MEMORY_BUT : NEW_SHARED_MEMORY, place) ?? [];
}

/** A /dev/shm that is the place, a directory on a disk: nothing lives in memory then. */
export const SHARED_MEMORY_ON_DISK = 'mount --bind "$0" /dev/shm';

/** The place, which takes no change at all. */
export const READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"';

/** The place, which takes not one byte more. */
export const FULL =
  'mount -t tmpfs -o size=64k,mode=700 tmpfs "$0" && { cat /dev/zero > "$0/full" 2>/dev/null; true; }';
