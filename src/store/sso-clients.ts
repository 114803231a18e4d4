import { createHash } from 'node:crypto';
import { joinPath, ssoCacheDirectory } from '../config/locations.js';
import { Secret } from '../credentials.js';
import type { Host } from '../host/host.js';
import type { SsoSession } from '../target/identity-spec.js';
import { instantOrNull, textOrNull } from './json-record.js';
import { formatShared, readShared, writeShared } from './shared-cache.js';
import type { SsoClient } from './sso-tokens.js';

/** What a registration may do, which a kept one has to match. */
export interface ClientUse {
  readonly scopes: readonly string[];
  /** Empty for the device code, which the AWS CLI registers without naming any. */
  readonly grantTypes: readonly string[];
}

/**
 * The registration that is kept for such logins, the AWS CLI's or ours; `null` when there is none
 * for that use.
 */
export function readSsoClient(host: Host, session: SsoSession, use: ClientUse): SsoClient | null {
  const record = readShared(host, pathOf(host, session));
  const clientId = textOrNull(record?.['clientId']);
  const clientSecret = textOrNull(record?.['clientSecret']);
  const expiration = instantOrNull(record?.['expiresAt']);
  if (!record || clientId === null || clientSecret === null || !expiration) return null;
  const fits =
    isSame(listOf(record['scopes']), use.scopes) &&
    isSame(listOf(record['grantTypes']), use.grantTypes);
  return fits ? { clientId, clientSecret: new Secret(clientSecret), expiration } : null;
}

/** Keeps a registration for the next login. @throws AssumeError FAILED when it cannot be written. */
export function writeSsoClient(
  host: Host,
  session: SsoSession,
  use: ClientUse,
  { clientId, clientSecret, expiration }: SsoClient,
): void {
  writeShared(host, pathOf(host, session), {
    clientId,
    clientSecret: clientSecret.reveal(),
    expiresAt: formatShared(expiration),
    ...(use.scopes.length > 0 && { scopes: use.scopes }),
    ...(use.grantTypes.length > 0 && { grantTypes: use.grantTypes }),
  });
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join('\n') === [...other].sort().join('\n');
}

/**
 * The AWS CLI names the file for the session as its Python writes it in JSON, keys sorted and with
 * spaces; so do we, to find each other's.
 *
 * @see https://github.com/aws/aws-cli/blob/v2/awscli/botocore/utils.py `_registration_cache_key`
 */
function pathOf(host: Host, { session, startUrl, region, scopes }: SsoSession): string | null {
  const directory = ssoCacheDirectory(host);
  const scopeList = scopes.length === 0 ? 'null' : `[${scopes.map(pythonJson).join(', ')}]`;
  const fields = [
    `"region": ${pythonJson(region)}`,
    `"scopes": ${scopeList}`,
    `"session_name": ${session === null ? 'null' : pythonJson(session)}`,
    `"startUrl": ${pythonJson(startUrl)}`,
    '"tool": "botocore"',
  ];
  const name = createHash('sha1')
    .update(`{${fields.join(', ')}}`)
    .digest('hex');
  return directory === null ? null : joinPath(host, directory, `${name}.json`);
}

/** A string in JSON with nothing but printable ASCII in it. */
function pythonJson(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
