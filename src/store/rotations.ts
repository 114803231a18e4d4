import { createHash } from 'node:crypto';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { sweepLeftovers } from '../host/sweep-leftovers.js';
import { readIfOurs } from './attempt.js';
import { instantOrNull, parseRecord, textOrNull } from './json-record.js';

/** How far the rotation of a key has come; none of it is secret. */
export interface Rotation {
  /**
   * `creating`: AWS was or is about to be asked for a key. `kept`: it rests beside the old one.
   * `promoted`: it is in use. `retired`: the old one is deactivated.
   */
  readonly phase: 'creating' | 'kept' | 'promoted' | 'retired';
  readonly oldKeyId: string;
  /** `null` while creating. */
  readonly newKeyId: string | null;
  /** The keys that there were before. */
  readonly keysBefore: readonly string[];
  /** When this phase began. */
  readonly at: Date;
  /** Until then the old key rests; `null` before it is retired. */
  readonly notBefore: Date | null;
}

/**
 * The rotation that is under way, or whose old key is not deleted yet; `null` for none.
 *
 * @param source - The specification of where the keys rest: `profile:base`.
 */
export function readRotation(host: Host, source: string): Rotation | null {
  const path = pathOf(host, source);
  const record = parseRecord((path === null ? null : readIfOurs(host, path)) ?? '');
  const phase = PHASES.find((one) => one === record?.['phase']);
  const oldKeyId = textOrNull(record?.['oldKeyId']);
  const at = instantOrNull(record?.['at']);
  if (record?.['version'] !== 1 || !phase || oldKeyId === null || at === null) return null;
  const keysBefore = Array.isArray(record['keysBefore']) ? record['keysBefore'] : [];
  return {
    phase,
    oldKeyId,
    newKeyId: textOrNull(record['newKeyId']),
    keysBefore: keysBefore.filter((id): id is string => typeof id === 'string'),
    at,
    notBefore: instantOrNull(record['notBefore']),
  };
}

const PHASES: readonly Rotation['phase'][] = ['creating', 'kept', 'promoted', 'retired'];

/**
 * Notes how far it has come, before the next step; `null` ends it.
 *
 * @throws AssumeError FAILED where it cannot be noted: nothing is to be begun then.
 */
export function writeRotation(host: Host, source: string, rotation: Rotation | null): void {
  const path = pathOf(host, source);
  if (path === null) {
    throw new AssumeError('FAILED', 'there is no place to note how far a rotation has come', {
      hint: 'set HOME, or XDG_STATE_HOME to a directory of yours',
    });
  }
  const directory = path.slice(0, path.lastIndexOf('/'));
  host.files.makePrivateDirectory(directory);
  sweepLeftovers(host, directory, () => true);
  if (rotation === null) host.files.remove(path);
  else host.files.writePrivate(path, JSON.stringify({ version: 1, source, ...rotation }));
}

function pathOf(host: Host, source: string): string | null {
  const directory = ownDirectory(host, 'state');
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 32);
  return directory === null ? null : `${directory}/rotations/${digest}.json`;
}
