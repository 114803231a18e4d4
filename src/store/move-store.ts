import { isAssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { findUsable, makeKey, withStoreLock } from './choose-store.js';
import {
  isSealed,
  readStoreRecord,
  writeStoreRecord,
  type Chosen,
  type SealedRef,
  type StoreRecord,
} from './chosen-store.js';
import { storeUnavailable, type SealedName } from './key-place.js';
import { clearLeftovers } from './leftovers.js';
import type { KeyFacts } from './long-term-keys.js';
import { masterKey } from './master-key.js';
import type { StoreUse } from './store-use.js';
import { copyKeys, copySessions, openVault, removeClearBut, type Vault } from './vault.js';

/** What can be asked for: a store by name, or the best that works here. */
export type MoveTarget = SealedName | 'plain' | 'auto';

/** How many of each were moved. */
export interface Moved {
  readonly sessions: number;
  readonly keys: number;
  /** What was given up: nothing opens it any more. */
  readonly lost: readonly KeyFacts[];
}

/** A store to move into; `null` for memory, which is in use while nothing is chosen. */
type Destination = { readonly name: SealedName | 'plain'; readonly reason: string } | null;

const TOLD = 'chosen with assume config store';

/**
 * Moves all that is kept into another store: copied, read back, then the record changed in one step,
 * and only then the old removed. Killed before that step, the old store is in use and the next run
 * removes the new one; after it, the next run removes the old.
 *
 * @param isForced - Begin anew even where that store is in use, and give up what can no longer be opened.
 * @returns `null` when that store is in use already.
 * @throws AssumeError STORE_UNAVAILABLE when either cannot be used, or long-term keys would come to
 *   lie in clear; CANCELLED; FAILED. The old store is then in use as before.
 */
export function moveStore(
  use: StoreUse,
  target: MoveTarget,
  isForced: boolean,
): Promise<Moved | null> {
  return withStoreLock(use, async () => {
    const record = await clearLeftovers(use, readRecord(use, isForced));
    const wanted = target === 'auto' ? await findUsable(use) : { name: target, reason: TOLD };
    if (record.current?.name === wanted?.name && !isForced) return null;
    const { vault: from, lost } = await openOld(use, record.current, wanted, isForced);
    refuseClearKeys(from, wanted);
    const next = await prepare(use, record, wanted);
    const to = openVault(use, next);
    const moved = {
      sessions: await copySessions(use.host, from, to),
      keys: await copyKeys(from, to),
      lost,
    };
    await clearLeftovers(use, commit(use, record, next));
    if (!isSealed(next) && !isSealed(record.current)) removeClearBut(use.host, to);
    return moved;
  });
}

/** A record that cannot be read is given up with all it speaks of, if so is said. */
function readRecord({ host }: StoreUse, isForced: boolean): StoreRecord {
  try {
    return readStoreRecord(host);
  } catch (error) {
    if (!isForced || !isAssumeError(error)) throw error;
    return { current: null, leftovers: [] };
  }
}

/** With its key at hand; empty where that cannot be had and is given up. */
async function openOld(
  use: StoreUse,
  current: Chosen | null,
  wanted: Destination,
  isForced: boolean,
): Promise<{ readonly vault: Vault; readonly lost: readonly KeyFacts[] }> {
  const vault = openVault(use, current);
  if (!isSealed(current)) return { vault, lost: [] };
  try {
    await masterKey(use, current);
    return { vault, lost: [] };
  } catch (error) {
    if (!isAssumeError(error) || error.code !== 'STORE_UNAVAILABLE') throw error;
    const lost = vault.keys?.list() ?? [];
    if (isForced) return { vault: { sessions: [], keys: null }, lost };
    throw storeUnavailable(error.message, howToGoOn(current, wanted, lost), error);
  }
}

function howToGoOn(
  { name, id }: SealedRef,
  wanted: Destination,
  lost: readonly KeyFacts[],
): string {
  const keys = lost.map((key) => `the key ${key.accessKeyId} of ${visible(key.identity)}`);
  const what = ['give up what it opens', ...keys].join(', ');
  return `${WAY_BACK[name](id)}; or ${what}: assume config store ${wanted?.name ?? 'auto'} --force`;
}

const WAY_BACK: Readonly<Record<SealedName, (id: string) => string>> = {
  keychain: (id) => `unlock the keychain, or bring its entry assume/${id} back`,
  passphrase: (id) => `find the passphrase, or passphrase-${id}.json in a backup`,
  pass: (id) => `see whether it works by itself: pass show assume/${id}`,
};

function refuseClearKeys({ keys }: Vault, wanted: Destination): void {
  const [first] = keys?.list() ?? [];
  if (!first || (wanted !== null && wanted.name !== 'plain')) return;
  const name = visible(first.identity);
  throw storeUnavailable(
    `the store holds the long-term key of ${name}, and those are never kept in clear`,
    `take it away first: assume identity remove ${name}`,
  );
}

/** Noted before it is begun, so that the next run finds what a kill leaves. */
async function prepare(
  use: StoreUse,
  record: StoreRecord,
  wanted: Destination,
): Promise<Chosen | null> {
  if (wanted !== null && wanted.name !== 'plain') {
    return { ...(await makeKey(use, record, wanted.name)), reason: wanted.reason };
  }
  if (isSealed(record.current)) {
    writeStoreRecord(use.host, { ...record, leftovers: [...record.leftovers, { name: 'plain' }] });
  }
  return wanted && { name: 'plain', reason: wanted.reason };
}

/** The one step that decides. */
function commit({ host }: StoreUse, { current, leftovers }: StoreRecord, next: Chosen | null) {
  const old = isSealed(current)
    ? [{ name: current.name, id: current.id }]
    : isSealed(next)
      ? [{ name: 'plain' as const }]
      : [];
  const record: StoreRecord = { current: next, leftovers: [...leftovers, ...old] };
  writeStoreRecord(host, record);
  return record;
}
