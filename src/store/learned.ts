import { nodeCrypto } from '../host/node-crypto.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { NOTHING_LEARNED, type Learned } from '../plan/plan.js';
import { formatSpec, type IdentitySpec } from '../target/identity-spec.js';
import { derivedFrom, learnedFrom, type Given, type Identity } from '../target/target.js';
import { readIfOurs } from './attempt.js';
import { lookAtKeys } from './key-store.js';

/** What AWS told of an access key, kept in clear: none of it is secret. */
export interface LearnedFacts {
  readonly accountId?: string;
  readonly userName?: string;
  /** The device whose code was accepted last, or that was chosen. */
  readonly mfaSerial?: string;
  /** When AWS made it, as ISO 8601. */
  readonly createdAt?: string;
  /** When it took the place of another, as ISO 8601. */
  readonly rotatedAt?: string;
}

/**
 * What earlier runs learned of an identity: of its access key, and where only the source tells that
 * key, of the one that it gave last.
 */
export function readLearned(host: Host, { accessKeyId, source }: Identity): Learned {
  if (accessKeyId) return readLearnedKey(host, accessKeyId.value);
  if (source.value.kind === 'keychain') return readLearnedOfKept(host, source.value.identity);
  const path = pathOf(host, sourceName(source.value));
  const facts = path === null ? {} : readFacts(host, path);
  if (path === null || facts['accessKeyId'] === undefined) return NOTHING_LEARNED;
  return {
    ...readLearnedKey(host, facts['accessKeyId']),
    accessKeyId: { value: facts['accessKeyId'], origin: learnedFrom('source', path) },
    isTemporary: facts['isTemporary'] === 'yes',
  };
}

/** The store tells its keys' IDs without being opened. */
function readLearnedOfKept(host: Host, identity: string): Learned {
  const key = lookAtKeys(host)?.find(identity);
  if (!key) return NOTHING_LEARNED;
  const { accessKeyId } = key;
  return {
    ...readLearnedKey(host, accessKeyId),
    accessKeyId: { value: accessKeyId, origin: derivedFrom("assume's store") },
    isTemporary: false,
  };
}

/** What earlier runs learned of the key; nothing for a key never met. */
export function readLearnedKey(host: Host, accessKeyId: string): Learned {
  const path = pathOf(host, accessKeyId);
  if (path === null) return NOTHING_LEARNED;
  const facts = readFacts(host, path);
  const given = (fact: keyof LearnedFacts, name: string): Given<string> | null => {
    const value = facts[fact];
    return value === undefined ? null : { value, origin: learnedFrom(name, path) };
  };
  return {
    ...NOTHING_LEARNED,
    accountId: given('accountId', 'GetCallerIdentity'),
    userName: given('userName', 'GetCallerIdentity'),
    mfaSerial: given('mfaSerial', 'ListMFADevices'),
  };
}

/** All that is known of the key, as it was written. */
export function readKeyFacts(host: Host, accessKeyId: string): LearnedFacts {
  const path = pathOf(host, accessKeyId);
  return path === null ? {} : readFacts(host, path);
}

/** Adds to what is known of the key. Without a state directory it is simply not remembered. */
export function writeLearned(host: Host, accessKeyId: string, facts: LearnedFacts): void {
  writeFacts(host, accessKeyId, { ...facts });
}

/**
 * Remembers the key that a source gave. What was known of the one before is forgotten if it was a
 * temporary one: it does not come back.
 */
export function writeLearnedSource(
  host: Host,
  spec: IdentitySpec,
  { accessKeyId, isTemporary }: { readonly accessKeyId: string; readonly isTemporary: boolean },
): void {
  const name = sourceName(spec);
  const path = pathOf(host, name);
  const before = path === null ? {} : readFacts(host, path);
  const stale = before['accessKeyId'];
  if (stale !== undefined && stale !== accessKeyId && before['isTemporary'] === 'yes') {
    const stalePath = pathOf(host, stale);
    if (stalePath !== null) host.files.remove(stalePath);
  }
  writeFacts(host, name, { accessKeyId, isTemporary: isTemporary ? 'yes' : 'no' });
}

const sourceName = (spec: IdentitySpec): string => `source ${formatSpec(spec)}`;

type Facts = Readonly<Record<string, string>>;

function writeFacts(host: Host, name: string, facts: Facts): void {
  const path = pathOf(host, name);
  const directory = ownDirectory(host, 'state');
  if (path === null || directory === null) return;
  host.files.makePrivateDirectory(`${directory}/learned`);
  host.files.writePrivate(path, JSON.stringify({ ...readFacts(host, path), ...facts }));
}

function pathOf(host: Host, name: string): string | null {
  const directory = ownDirectory(host, 'state');
  const digest = nodeCrypto().createHash('sha256').update(name).digest('hex').slice(0, 32);
  return directory === null ? null : `${directory}/learned/${digest}.json`;
}

function readFacts(host: Host, path: string): Facts {
  const text = readIfOurs(host, path);
  try {
    const value: unknown = text === null ? {} : JSON.parse(text);
    const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
    return Object.fromEntries(
      entries.filter(([, fact]) => typeof fact === 'string' && fact !== ''),
    );
  } catch {
    return {};
  }
}
