import type { Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { containerCredentials } from './container-credentials.js';
import { environmentKeys } from './environment-keys.js';
import type { Errand, IdentitySource } from './identity-source.js';
import { instanceCredentials } from './instance-credentials.js';
import { keychainKeys } from './keychain-keys.js';
import { loginSession } from './login-session.js';
import { processCredentials } from './process-credentials.js';
import { profileKeys } from './profile-keys.js';
import { sourceFailure } from './source-failure.js';
import { ssoRole } from './sso-role.js';
import { webIdentity } from './web-identity.js';

/** One a kind of source; no two answer for the same kind, so their order decides nothing. */
export const IDENTITY_SOURCES: readonly IdentitySource[] = [
  profileKeys,
  environmentKeys,
  keychainKeys,
  processCredentials,
  ssoRole,
  loginSession,
  containerCredentials,
  instanceCredentials,
  webIdentity,
];

/** Refuses what could never be read. @throws AssumeError as the source says. */
export function checkIdentity(errand: Errand): void {
  const { value } = errand.planned.target.identity.source;
  for (const source of IDENTITY_SOURCES) source.check?.(value, errand);
}

/**
 * The identity's own credentials, from where they are.
 *
 * @throws AssumeError CONFIG_INVALID, IDENTITY_INVALID, AWS_UNREACHABLE or STORE_UNAVAILABLE when
 * they can't be had, and IDENTITY_INVALID when they have expired.
 */
export async function readIdentity(errand: Errand): Promise<Credentials> {
  const { identity } = errand.planned.target;
  for (const source of IDENTITY_SOURCES) {
    const credentials = await source.read(identity.source.value, errand);
    if (!credentials) continue;
    requireLife(credentials, errand);
    return credentials;
  }
  throw new AssumeError('CONFIG_INVALID', `nothing reads the keys of ${visible(identity.name)}`, {
    hint: 'this is a fault in assume: report it, with what you typed',
  });
}

function requireLife({ expiration }: Credentials, errand: Errand): void {
  if (expiration === null || expiration > errand.host.now()) return;
  throw sourceFailure(
    errand,
    'IDENTITY_INVALID',
    `they expired at ${expiration.toISOString().slice(0, 19)}Z`,
    { hint: 'get new ones from where they came, then try again' },
  );
}
