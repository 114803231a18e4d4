import { createHash } from 'node:crypto';
import { Secret, type Credentials } from '../credentials.js';
import type { Plan } from '../plan/plan.js';
import { instantOrNull, parseRecord, textOrNull } from './json-record.js';
import type { SecretStore } from './secret-store.js';

/** Temporary credentials as they are kept, with what lists show of them. */
export interface CacheEntry {
  readonly kind: 'identity' | 'session' | 'role';
  /** The identity's name. */
  readonly identity: string;
  /** The identity's access key: under another one it is not served. */
  readonly madeUnder: string;
  readonly target: string | null;
  readonly roleArn: string | null;
  readonly accountId: string | null;
  /** The device whose code bought it; `null` without MFA. */
  readonly mfaSerial: string | null;
  /** When AWS gave it. */
  readonly startedAt: Date;
  /** When it is forgotten here, if that is sooner than it expires at AWS. */
  readonly keptUntil: Date;
  /** With an expiration, always: AWS's own. */
  readonly credentials: Credentials & { readonly expiration: Date };
}

export interface SessionCache {
  readonly store: SecretStore;
  read(name: string): CacheEntry | null;
  write(name: string, entry: CacheEntry): void;
  /** Every entry that can be read. */
  all(): { readonly name: string; readonly entry: CacheEntry }[];
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
  return `session-${createHash('sha256').update(parts).digest('hex')}`;
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
  const digest = createHash('sha256')
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
 * another name is no entry.
 */
export function makeSessionCache(store: SecretStore): SessionCache {
  const read = (name: string): CacheEntry | null => {
    const text = store.read(name);
    return text === null ? null : parseEntry(name, text);
  };
  return {
    store,
    read,
    write: (name, entry) => {
      store.write(name, formatEntry(name, entry));
    },
    all: () =>
      store.names().flatMap((name) => {
        const entry = read(name);
        return entry ? [{ name, entry }] : [];
      }),
    remove: (name) => store.remove(name),
  };
}

function formatEntry(name: string, { credentials, ...facts }: CacheEntry): string {
  return JSON.stringify({
    version: 1,
    name,
    ...facts,
    accessKeyId: credentials.accessKeyId,
    secretAccessKey: credentials.secretAccessKey.reveal(),
    sessionToken: credentials.sessionToken?.reveal() ?? null,
    expiration: credentials.expiration,
  });
}

function parseEntry(name: string, text: string): CacheEntry | null {
  const raw = parseRecord(text);
  const startedAt = instantOrNull(raw?.['startedAt']);
  const expiration = instantOrNull(raw?.['expiration']);
  const keptUntil = instantOrNull(raw?.['keptUntil']);
  const { kind, identity, madeUnder, accessKeyId, secretAccessKey, sessionToken } = raw ?? {};
  if (raw?.['version'] !== 1 || raw['name'] !== name || !isKind(kind)) return null;
  if (!isText(identity) || !isText(madeUnder) || !startedAt) return null;
  if (!expiration || !keptUntil) return null;
  if (!isText(accessKeyId) || !isText(secretAccessKey) || !isText(sessionToken)) return null;
  return {
    kind,
    identity,
    madeUnder,
    target: textOrNull(raw['target']),
    roleArn: textOrNull(raw['roleArn']),
    accountId: textOrNull(raw['accountId']),
    mfaSerial: textOrNull(raw['mfaSerial']),
    startedAt,
    keptUntil,
    credentials: {
      accessKeyId,
      secretAccessKey: new Secret(secretAccessKey),
      sessionToken: new Secret(sessionToken),
      expiration,
    },
  };
}

const isKind = (value: unknown): value is CacheEntry['kind'] =>
  value === 'identity' || value === 'session' || value === 'role';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
