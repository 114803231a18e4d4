import { nodeCrypto } from '../host/node-crypto.js';
import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import type { Plan } from '../plan/plan.js';
import {
  formatFacts,
  formatSecrets,
  parseEntry,
  parseFacts,
  type CacheEntry,
  type KeptEntry,
} from './cache-entry.js';
import { forgottenAt } from './freshness.js';
import type { SecretStore } from './secret-store.js';

export interface SessionCache {
  readonly store: SecretStore;
  /** Takes no key and asks nobody; `null` when there is none, or its time here is over. */
  find(name: string): KeptEntry | null;
  /**
   * @param isUsable - Asked first, about what needs no key.
   * @throws AssumeError as the store does.
   */
  read(name: string, isUsable?: (entry: KeptEntry) => boolean): Promise<CacheEntry | null>;
  write(name: string, entry: CacheEntry): Promise<void>;
  /** Every entry that can be read and whose time is not over. */
  all(): KeptEntry[];
  remove(name: string): boolean;
}

/** What identifies an MFA session: one code serves every role that starts from the same. */
export interface SessionName {
  readonly accessKeyId: string;
  /** `null` for a session without MFA. */
  readonly mfaSerial: string | null;
  readonly partition: string;
  readonly endpoint: string | null;
}

/** The name that a session is kept under. */
export function sessionEntryName(session: SessionName): string {
  const { accessKeyId, mfaSerial, partition, endpoint } = session;
  const parts = JSON.stringify([accessKeyId, mfaSerial, partition, endpoint]);
  return `session-${nodeCrypto().createHash('sha256').update(parts).digest('hex')}`;
}

/**
 * Where a session that serves the plan may lie, the best first: one bought with a code serves where
 * none is demanded.
 */
export function sessionNames(plan: Plan, accessKeyId: string): string[] {
  const { mfaSerial, partition, endpoint } = plan;
  const nameOf = (serial: string | null): string =>
    sessionEntryName({ accessKeyId, mfaSerial: serial, partition, endpoint });
  const withCode = mfaSerial === null ? [] : [nameOf(mfaSerial)];
  return plan.signer === 'plain-session' ? [...withCode, nameOf(null)] : withCode;
}

/** The name that the identity's own temporary credentials are kept under. */
export function identityEntryName({ source, endpoint }: Plan): string {
  const digest = nodeCrypto()
    .createHash('sha256')
    .update(JSON.stringify([source, endpoint]))
    .digest('hex');
  return `identity-${digest}`;
}

/** The name that a role's credentials are kept under, by their plan's key. */
export function roleEntryName(planKey: string): string {
  return `role-${planKey}`;
}

/**
 * Reads and writes entries of a store. An entry that is damaged, of another version or kept under
 * another name is no entry; one whose time here is over is forgotten when it is met.
 */
export function makeSessionCache(store: SecretStore, host: Pick<Host, 'now'>): SessionCache {
  const find = (name: string): KeptEntry | null => {
    const entry = parseFacts(name, store.facts(name));
    if (!entry || entry.keptUntil > host.now()) return entry;
    forgetQuietly(store, name);
    return null;
  };
  return {
    store,
    find,
    read: async (name, isUsable = () => true) => {
      const kept = find(name);
      return kept && isUsable(kept) ? parseEntry(name, await store.read(name)) : null;
    },
    write: (name, entry) => {
      const kept = store.isEncrypted ? entry : withoutLongLife(entry, host.now());
      return store.write(name, formatFacts(name, kept), formatSecrets(kept));
    },
    all: () => store.names().flatMap((name) => find(name) ?? []),
    remove: (name) => store.remove(name),
  };
}

/** In clear, a session that every role of the identity hangs on is kept no longer than this. */
const KEPT_IN_CLEAR_SECONDS = 4 * 3600;

function withoutLongLife(entry: CacheEntry, now: Date): CacheEntry {
  if (entry.kind !== 'session') return entry;
  const { startedAt, keptUntil } = entry;
  return {
    ...entry,
    keptUntil: forgottenAt({ startedAt, now }, KEPT_IN_CLEAR_SECONDS, keptUntil),
  };
}

/** Where it cannot be removed, it is still not served. */
function forgetQuietly(store: SecretStore, name: string): void {
  try {
    store.remove(name);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
  }
}
