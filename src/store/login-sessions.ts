import { createHash } from 'node:crypto';
import { joinPath, loginCacheDirectory } from '../config/locations.js';
import { Secret, type Credentials } from '../credentials.js';
import type { Host } from '../host/host.js';
import type { LoginSpec } from '../target/identity-spec.js';
import { instantOrNull, recordOrNull, textOrNull } from './json-record.js';
import { formatShared, readShared, writeShared, type SharedRecord } from './shared-cache.js';

/** What `aws login` got, and what renews it. */
export interface LoginSession {
  readonly credentials: Credentials & { readonly sessionToken: Secret; readonly expiration: Date };
  readonly clientId: string;
  readonly refreshToken: Secret;
  /** The private key that the refresh token is bound to, as PEM. */
  readonly proofKey: Secret;
  /** Where it is renewed; `null` leaves it to the profile's region. */
  readonly region: string | null;
  /** The whole file: what we do not know of goes back as it came. */
  readonly record: SharedRecord;
}

/** Names the login, in whatever region a profile renews it: the refresh token is good only once. */
export function loginSessionName({ session }: LoginSpec): string {
  return `login:${session}`;
}

/** Reads what `aws login` keeps for AWS's tools; `null` when there is nothing whole. */
export function readLoginSession(host: Host, spec: LoginSpec): LoginSession | null {
  const record = readShared(host, loginSessionPath(host, spec));
  const keys = recordOrNull(record?.['accessToken']);
  const accessKeyId = textOrNull(keys?.['accessKeyId']);
  const secretAccessKey = textOrNull(keys?.['secretAccessKey']);
  const sessionToken = textOrNull(keys?.['sessionToken']);
  const expiration = instantOrNull(keys?.['expiresAt']);
  const clientId = textOrNull(record?.['clientId']);
  const refreshToken = textOrNull(record?.['refreshToken']);
  const proofKey = textOrNull(record?.['dpopKey']);
  if (!record || accessKeyId === null || secretAccessKey === null) return null;
  if (sessionToken === null || !expiration) return null;
  if (clientId === null || refreshToken === null || proofKey === null) return null;
  return {
    credentials: {
      accessKeyId,
      secretAccessKey: new Secret(secretAccessKey),
      sessionToken: new Secret(sessionToken),
      expiration,
    },
    clientId,
    refreshToken: new Secret(refreshToken),
    proofKey: new Secret(proofKey),
    region: textOrNull(record['signInRegion']),
    record,
  };
}

/**
 * Puts renewed credentials in the place of the old ones.
 *
 * @throws AssumeError FAILED when it cannot be written.
 */
export function writeLoginSession(
  host: Host,
  spec: LoginSpec,
  { record, credentials, refreshToken }: LoginSession,
): void {
  writeShared(host, loginSessionPath(host, spec), {
    ...record,
    accessToken: {
      ...recordOrNull(record['accessToken']),
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey.reveal(),
      sessionToken: credentials.sessionToken.reveal(),
      expiresAt: formatShared(credentials.expiration),
    },
    refreshToken: refreshToken.reveal(),
  });
}

/** Tells whether there was one to remove. */
export function removeLoginSession(host: Host, spec: LoginSpec): boolean {
  const path = loginSessionPath(host, spec);
  return path !== null && host.files.remove(path);
}

function loginSessionPath(host: Host, { session }: LoginSpec): string | null {
  const directory = loginCacheDirectory(host);
  const name = createHash('sha256').update(session).digest('hex');
  return directory === null ? null : joinPath(host, directory, `${name}.json`);
}
