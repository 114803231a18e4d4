import { createHash } from 'node:crypto';
import { joinPath, ssoCacheDirectory } from '../config/locations.js';
import { Secret } from '../credentials.js';
import type { Host } from '../host/host.js';
import type { SsoSession } from '../target/identity-spec.js';
import { instantOrNull, textOrNull } from './json-record.js';
import { formatShared, readShared, writeShared } from './shared-cache.js';

/** What IAM Identity Center gave for a login, and what renews it. */
export interface SsoToken {
  readonly accessToken: Secret;
  readonly expiration: Date;
  /** `null` when only a new login gives another token. */
  readonly refreshToken: Secret | null;
  /** The registration that asked for it; `null` when it was not kept. */
  readonly client: SsoClient | null;
}

/** A registration of a program at IAM Identity Center. */
export interface SsoClient {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly expiration: Date;
}

/**
 * The token of a login, from the cache that the AWS CLI and the SDKs share; `null` when there is
 * none, or when it is of another start URL or region than the session names now.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export function readSsoToken(host: Host, session: SsoSession): SsoToken | null {
  const record = readShared(host, ssoTokenPath(host, session));
  const accessToken = textOrNull(record?.['accessToken']);
  const expiration = instantOrNull(record?.['expiresAt']);
  if (!record || accessToken === null || !expiration) return null;
  const isOther = (field: string, wanted: string): boolean =>
    (textOrNull(record[field]) ?? wanted) !== wanted;
  if (isOther('startUrl', session.startUrl) || isOther('region', session.region)) return null;
  const refreshToken = textOrNull(record['refreshToken']);
  return {
    accessToken: new Secret(accessToken),
    expiration,
    refreshToken: refreshToken === null ? null : new Secret(refreshToken),
    client: clientOf(record),
  };
}

function clientOf(record: Readonly<Record<string, unknown>>): SsoClient | null {
  const clientId = textOrNull(record['clientId']);
  const clientSecret = textOrNull(record['clientSecret']);
  const expiration = instantOrNull(record['registrationExpiresAt']);
  if (clientId === null || clientSecret === null || !expiration) return null;
  return { clientId, clientSecret: new Secret(clientSecret), expiration };
}

/**
 * Keeps the token where every tool of AWS's finds it. Without a home it is not kept.
 *
 * @throws AssumeError FAILED when it cannot be written.
 */
export function writeSsoToken(host: Host, session: SsoSession, token: SsoToken): void {
  const { accessToken, expiration, refreshToken, client } = token;
  writeShared(host, ssoTokenPath(host, session), {
    startUrl: session.startUrl,
    region: session.region,
    accessToken: accessToken.reveal(),
    expiresAt: formatShared(expiration),
    ...(client && {
      clientId: client.clientId,
      clientSecret: client.clientSecret.reveal(),
      registrationExpiresAt: formatShared(client.expiration),
    }),
    ...(refreshToken && { refreshToken: refreshToken.reveal() }),
  });
}

/** Tells whether there was one to remove. */
export function removeSsoToken(host: Host, session: SsoSession): boolean {
  const path = ssoTokenPath(host, session);
  return path !== null && host.files.remove(path);
}

/** What the token is known by, the same in every process. */
export function ssoTokenName({ session, startUrl }: SsoSession): string {
  return `sso-token-${hashOf(session ?? startUrl)}`;
}

/** The file is named for the session, or without one for the start URL. */
function ssoTokenPath(host: Host, { session, startUrl }: SsoSession): string | null {
  const directory = ssoCacheDirectory(host);
  return directory === null
    ? null
    : joinPath(host, directory, `${hashOf(session ?? startUrl)}.json`);
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
