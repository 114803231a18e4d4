import { closeSync, constants, openSync, readFileSync, statSync } from 'node:fs';
import { isNullDevice, requireRegularFile } from './regular-file.js';

/**
 * The file's text as UTF-8. Never waits and never reads without end. Throws the system's error.
 *
 * @throws AssumeError `CONFIG_UNREADABLE` for what is no file, or too long; /dev/null is an empty one.
 */
export function readText(path: string): string {
  // Asked before it is opened: a pipe's writer would notice, and a device may do something.
  const facts = statSync(path);
  if (isNullDevice(facts)) return '';
  requireRegularFile('read', path, facts);
  // Not blocking, should a pipe have taken the file's place by now.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}
