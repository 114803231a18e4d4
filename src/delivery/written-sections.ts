import { createHash } from 'node:crypto';
import { readIniSection } from '../config/edit-ini.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { attempt, readIfOurs } from '../store/attempt.js';
import { instantOrNull, parseRecord, textOrNull } from '../store/json-record.js';

/** A section that `write` made, and nothing secret of it. */
export interface WrittenSection {
  /** The file's. */
  readonly path: string;
  readonly section: string;
  readonly target: string;
  readonly expiration: Date;
}

/** Remembers the section, so that it is missed when another program drops it. */
export function rememberWritten(host: Host, written: WrittenSection): void {
  const directory = directoryOf(host);
  if (directory === null) return;
  attempt(host, 'remember what was written', () => {
    host.files.makePrivateDirectory(directory);
    host.files.writePrivate(`${directory}/${fileOf(written)}`, JSON.stringify(written));
  });
}

/**
 * The sections that were written into the file, should live still, and are gone: a program that had
 * read the file before and wrote it back later drops them. Each is told of once.
 *
 * @param text - The file's, latin1.
 * @throws AssumeError where what is remembered cannot be read or forgotten.
 */
export function takeMissing(host: Host, path: string, text: string): WrittenSection[] {
  const directory = directoryOf(host);
  if (directory === null) return [];
  return host.files.list(directory).flatMap((name) => {
    const file = `${directory}/${name}`;
    const written = parseWritten(readIfOurs(host, file) ?? '');
    const isLive = written !== null && written.expiration > host.now();
    if (isLive && (written.path !== path || readIniSection(text, written.section))) return [];
    host.files.remove(file);
    return isLive ? [written] : [];
  });
}

function parseWritten(text: string): WrittenSection | null {
  const raw = parseRecord(text) ?? {};
  const [path, section, target] = [raw['path'], raw['section'], raw['target']].map(textOrNull);
  const expiration = instantOrNull(raw['expiration']);
  return path && section && target && expiration ? { path, section, target, expiration } : null;
}

function directoryOf(host: Host): string | null {
  const state = ownDirectory(host, 'state');
  return state && `${state}/written`;
}

function fileOf({ path, section }: WrittenSection): string {
  return createHash('sha256')
    .update(JSON.stringify([path, section]))
    .digest('hex')
    .slice(0, 32);
}
