import type { Config } from '../config/config.js';
import type { Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import type { Identity } from '../target/target.js';
import { visible } from '../visible.js';
import { environmentKeys } from './environment-keys.js';
import type { IdentityReader } from './identity-source.js';
import { keychainKeys } from './keychain-keys.js';
import { profileKeys } from './profile-keys.js';

/** One a kind of source; no two answer for the same kind, so their order decides nothing. */
export const IDENTITY_READERS: readonly IdentityReader[] = [
  profileKeys,
  environmentKeys,
  keychainKeys,
];

/**
 * The identity's own credentials.
 *
 * @throws AssumeError CONFIG_INVALID, IDENTITY_INVALID or STORE_UNAVAILABLE when they can't be had.
 */
export async function loadIdentity(
  identity: Identity,
  config: Config,
  host: Host,
): Promise<Credentials> {
  for (const reader of IDENTITY_READERS) {
    const credentials = await reader.read(identity.source.value, config, host);
    if (credentials) return credentials;
  }
  throw new AssumeError('CONFIG_INVALID', `nothing reads the keys of ${visible(identity.name)}`);
}
