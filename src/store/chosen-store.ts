import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { visible } from '../visible.js';
import { readIfOurs } from './attempt.js';
import { parseRecord, recordOrNull, textOrNull } from './json-record.js';
import type { SealedName } from './key-place.js';

/** An encrypted store: where its master key rests, and under which ID. */
export interface SealedRef {
  readonly name: SealedName;
  /** 16 hexadecimal digits; in the names of everything that its key opens. */
  readonly id: string;
}

/** A store that was chosen, and why, as words that follow "because". */
export type Chosen = (SealedRef | { readonly name: 'plain' }) & { readonly reason: string };

/** One that encrypts. */
export type SealedChosen = Exclude<Chosen, { readonly name: 'plain' }>;

/** Tells whether a store was chosen, and one that encrypts. */
export function isSealed(chosen: Chosen | null): chosen is SealedChosen {
  return chosen !== null && chosen.name !== 'plain';
}

/** An encrypted store, or all that lies in clear. */
export type Leftover = SealedRef | { readonly name: 'plain' };

/** What is known of stores between two runs. */
export interface StoreRecord {
  /** `null` before anything was chosen. */
  readonly current: Chosen | null;
  /** Begun and not finished, or left and not cleared away yet: to be removed. */
  readonly leftovers: readonly Leftover[];
}

const NOTHING: StoreRecord = { current: null, leftovers: [] };

/**
 * What was chosen.
 *
 * @throws AssumeError STORE_UNAVAILABLE for a record that is damaged: taken for none, it would have
 * another store chosen in its place.
 */
export function readStoreRecord(host: Host): StoreRecord {
  const path = recordPath(host);
  const text = path === null ? null : readIfOurs(host, path);
  if (path === null || text === null) return NOTHING;
  const raw = parseRecord(text);
  const current = recordOrNull(raw?.['current']);
  const chosen = current && parseChosen(current);
  const leftovers = raw?.['leftovers'];
  if (raw?.['version'] !== 1 || !Array.isArray(leftovers) || (current && !chosen)) {
    throw new AssumeError('STORE_UNAVAILABLE', `${visible(path)} is damaged`, {
      hint: 'it says where sessions and keys are kept: bring it back from a backup, or give them up: assume config store auto --force',
    });
  }
  return {
    current: chosen,
    leftovers: leftovers.flatMap((each: unknown) => parseLeftover(recordOrNull(each) ?? {}) ?? []),
  };
}

/** Replaces it in one step. @throws AssumeError FAILED */
export function writeStoreRecord(host: Host, record: StoreRecord): void {
  const path = recordPath(host);
  const directory = ownDirectory(host, 'state');
  if (path === null || directory === null) return;
  host.files.makePrivateDirectory(directory);
  host.files.writePrivate(path, JSON.stringify({ version: 1, ...record }));
}

function recordPath(host: Host): string | null {
  const directory = ownDirectory(host, 'state');
  return directory === null ? null : `${directory}/store.json`;
}

function parseChosen(raw: Readonly<Record<string, unknown>>): Chosen | null {
  const reason = textOrNull(raw['reason']);
  const ref = parseLeftover(raw);
  return ref && reason !== null ? { ...ref, reason } : null;
}

function parseLeftover({ name, id }: Readonly<Record<string, unknown>>): Leftover | null {
  if (name === 'plain') return { name };
  if (typeof id !== 'string' || !/^[0-9a-f]{16}$/.test(id)) return null;
  return name === 'keychain' || name === 'passphrase' || name === 'pass' ? { name, id } : null;
}
