import type { Host } from '../host/host.js';
import type { ShownTarget } from '../plan/shown-target.js';
import { parseEntry, parseFacts, type CacheEntry, type KeptEntry } from './cache-entry.js';
import { isStillSo } from './evidence.js';
import { isFresh } from './freshness.js';
import { parseRecord } from './json-record.js';
import { readPlanRecord, type Line, type PlanRecord, type StoreDoor } from './plan-index.js';
import type { Fields } from './secret-store.js';

/** As much of a host as it takes to remember an answer. */
export type RecallHost = Pick<Host, 'env' | 'homeDirectory' | 'platform' | 'now'> & {
  readonly files: Pick<Host['files'], 'readOwn' | 'fingerprint'>;
  readonly keychain: Pick<Host['keychain'], 'get'>;
};

export interface Recalled {
  readonly shown: ShownTarget;
  readonly entry: CacheEntry;
}

/**
 * The answer to a line that was typed before, if all that decided it is as it was then and enough is
 * left of it. Reads no configuration and asks nobody. `null` for everything else, such as a note that
 * was damaged or a keychain that is locked: then the route is walked, which tells what there is to tell.
 */
export async function recall(
  host: RecallHost,
  line: Line,
  marginMs: number,
): Promise<Recalled | null> {
  try {
    const record = readPlanRecord(host, line);
    if (!record || !isStillSo(host, record)) return null;
    const entry = await readEntry(host, record, marginMs);
    return entry && { shown: record.shown, entry };
  } catch {
    return null;
  }
}

/** The first that is good, as the route would take it; its key is asked for only then. */
async function readEntry(
  host: RecallHost,
  record: PlanRecord,
  marginMs: number,
): Promise<CacheEntry | null> {
  const { directory, key } = record.store;
  for (const name of record.names) {
    const text = host.files.readOwn(`${directory}/${name}${key ? '.enc' : '.json'}`) ?? '';
    const facts = parseRecord(key ? (text.split('\n', 1)[0] ?? '') : text);
    if (!isMeant(parseFacts(name, facts), record, host.now(), marginMs)) continue;
    return parseEntry(name, key ? await unlock(host, key, name, text) : facts);
  }
  return null;
}

/** Whatever its name says, it is what the record means, and enough is left of it. */
function isMeant(
  entry: KeptEntry | null,
  { shown, accessKeyId }: PlanRecord,
  now: Date,
  marginMs: number,
): boolean {
  if (entry?.madeUnder !== accessKeyId || entry.roleArn !== shown.roleArn) return false;
  return isFresh(entry, now, marginMs);
}

/** What lies in clear takes no cryptography, which takes longer to load than all of this. */
async function unlock(
  host: RecallHost,
  key: NonNullable<StoreDoor['key']>,
  name: string,
  text: string,
): Promise<Fields | null> {
  const { unlockEntry } = await import('./unlock-entry.js');
  return unlockEntry(host, key, name, text);
}
