import { dirname } from 'node:path';
import type { Host } from '../host/host.js';
import { readIfOurs } from './attempt.js';
import { parseRecord } from './json-record.js';

/** The fields of a file that AWS's tools share; `null` where there is none that can be read. */
export type SharedRecord = Readonly<Record<string, unknown>>;

/** Reads a JSON file that the AWS CLI and the SDKs read and write too. */
export function readShared(host: Host, path: string | null): SharedRecord | null {
  const text = path === null ? null : readIfOurs(host, path);
  return text === null ? null : parseRecord(text);
}

/**
 * Writes one: in one step and 0600, where the others write in place.
 *
 * @throws AssumeError FAILED
 */
export function writeShared(host: Host, path: string | null, record: SharedRecord): void {
  if (path === null) return;
  host.files.makeDirectory(dirname(path));
  host.files.writePrivate(path, JSON.stringify(record));
}

/** `2026-01-02T03:04:05Z`, as the AWS CLI writes instants. */
export function formatShared(instant: Date): string {
  return instant.toISOString().replace(/\.\d+Z$/, 'Z');
}
