import { statfsSync } from 'node:fs';
import { errnoOf } from './errno.js';

/**
 * File systems that have no disk behind them: TMPFS_MAGIC and RAMFS_MAGIC.
 *
 * @see https://man7.org/linux/man-pages/man2/statfs.2.html `f_type`
 */
const IN_MEMORY: readonly bigint[] = [0x01021994n, 0x858458f6n];

/**
 * Tells whether what lies in the directory lies in memory alone. Only Linux names its file systems
 * by these numbers: elsewhere, and where the directory cannot be asked, nothing is known to.
 */
export function isInMemory(directory: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const { type } = statfsSync(directory, { bigint: true });
    // A machine of 32 bits gives the higher number as a negative one.
    return IN_MEMORY.includes(BigInt.asUintN(32, type));
  } catch (thrown) {
    if (errnoOf(thrown) === null) throw thrown;
    return false;
  }
}
