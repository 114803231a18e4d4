import { statSync, type BigIntStats, type Stats } from 'node:fs';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';

const MEGABYTE = 1024 * 1024;

/** Nobody's settings are as long; an image of a disk and /proc/kcore are. */
const MOST_MEGABYTES = 64;

/**
 * Proves that what is there can be read to its end at once: a file, and none that is too long.
 *
 * @param wanted - completes "cannot …", such as `read`.
 * @throws AssumeError `CONFIG_UNREADABLE` saying what it is and what to do.
 */
export function requireRegularFile(wanted: string, path: string, facts: Stats | BigIntStats): void {
  const refuse = (what: string, hint: string): AssumeError =>
    new AssumeError('CONFIG_UNREADABLE', `cannot ${wanted} ${visible(path)}: it is ${what}`, {
      hint,
    });
  if (facts.isFIFO()) {
    throw refuse('a pipe', 'Save what comes out of it in a file and name that, not <(…).');
  }
  if (!facts.isFile()) {
    throw refuse(kindOf(facts), `Name a file instead. What is there: ls -ld '${visible(path)}'`);
  }
  const megabytes = Math.ceil(Number(facts.size) / MEGABYTE);
  if (megabytes > MOST_MEGABYTES) {
    throw refuse(
      `${String(megabytes)} MB long, and ${String(MOST_MEGABYTES)} MB is the most that is read`,
      `See whether it is the one you mean: ls -l '${visible(path)}'`,
    );
  }
}

/** Tells whether it is /dev/null, by whatever name: what people give for an empty file. */
export function isNullDevice(facts: Stats): boolean {
  if (!facts.isCharacterDevice()) return false;
  const { devNull } = process.getBuiltinModule('node:os');
  return facts.rdev === statSync(devNull, { throwIfNoEntry: false })?.rdev;
}

function kindOf(facts: Stats | BigIntStats): string {
  if (facts.isDirectory()) return 'a directory';
  return facts.isSocket() ? 'a socket' : 'a device';
}
