import { Secret, type Credentials } from '../credentials.js';
import { instantOrNull, textOrNull } from './json-record.js';
import type { Fields } from './secret-store.js';

/** What lists show of temporary credentials that are kept: no secret among it. */
export interface EntryFacts {
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
}

/** Temporary credentials as they are kept. */
export interface CacheEntry extends EntryFacts {
  /** With an expiration, always: AWS's own. */
  readonly credentials: Credentials & { readonly expiration: Date };
}

/** The facts of an entry without its secrets. */
export interface KeptEntry extends EntryFacts {
  readonly name: string;
  readonly accessKeyId: string;
  /** AWS's own. */
  readonly expiration: Date;
}

/** What an entry may show to anyone who may list it. */
export function formatFacts(name: string, { credentials, ...facts }: CacheEntry): Fields {
  const { accessKeyId, expiration } = credentials;
  return { version: 1, name, ...facts, accessKeyId, expiration };
}

/** What an entry can do. */
export function formatSecrets({ credentials }: CacheEntry): Fields {
  const { secretAccessKey, sessionToken } = credentials;
  return {
    secretAccessKey: secretAccessKey.reveal(),
    sessionToken: sessionToken?.reveal() ?? null,
  };
}

/** `null` for fields that are damaged, of another version or another name. */
export function parseFacts(name: string, raw: Fields | null): KeptEntry | null {
  const startedAt = instantOrNull(raw?.['startedAt']);
  const expiration = instantOrNull(raw?.['expiration']);
  const keptUntil = instantOrNull(raw?.['keptUntil']);
  const { kind, identity, madeUnder, accessKeyId } = raw ?? {};
  if (raw?.['version'] !== 1 || raw['name'] !== name || !isKind(kind)) return null;
  if (!isText(identity) || !isText(madeUnder) || !isText(accessKeyId)) return null;
  if (!startedAt || !expiration || !keptUntil) return null;
  return {
    name,
    kind,
    identity,
    madeUnder,
    target: textOrNull(raw['target']),
    roleArn: textOrNull(raw['roleArn']),
    accountId: textOrNull(raw['accountId']),
    mfaSerial: textOrNull(raw['mfaSerial']),
    startedAt,
    keptUntil,
    accessKeyId,
    expiration,
  };
}

/** `null` as `parseFacts`, and without whole secrets. */
export function parseEntry(name: string, raw: Fields | null): CacheEntry | null {
  const { secretAccessKey, sessionToken } = raw ?? {};
  const kept = parseFacts(name, raw);
  if (!kept || !isText(secretAccessKey) || !isText(sessionToken)) return null;
  const { name: _name, accessKeyId, expiration, ...facts } = kept;
  return {
    ...facts,
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
