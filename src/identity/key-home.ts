import type { Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import type { StoreUse } from '../store/store-use.js';
import type { Identity } from '../target/target.js';
import { visible } from '../visible.js';
import { profileKeyHome } from './profile-key-home.js';
import { storeKeyHome } from './store-key-home.js';

/** The pair of keys in use, and one that waits to take its place. */
export interface KeptKeys {
  readonly current: Credentials | null;
  readonly next: Credentials | null;
}

/** Where an identity's long-term keys rest, and how they are replaced there. */
export interface KeyHome {
  /** For people: `profile base of ~/.aws/credentials`. */
  readonly place: string;
  /** As it is now, whatever was read before. @throws AssumeError when it cannot be read. */
  read(): Promise<KeptKeys>;
  /** Proves, before AWS makes a pair, that it could be kept. @throws AssumeError */
  prove(): Promise<void>;
  /** Keeps a pair beside the one in use, and proves it by reading it back. @throws AssumeError */
  keepNext(keys: Credentials): Promise<void>;
  /**
   * Puts that pair, `next`, in the place of the one in use, in one step.
   *
   * @param before - The key that is in use now: where it is another one, nothing is changed.
   * @throws AssumeError
   */
  promote(before: string, next: Credentials): Promise<void>;
  /** Forgets the pair that waits. @throws AssumeError */
  dropNext(): Promise<void>;
}

/**
 * The home of an identity's keys.
 *
 * @throws AssumeError IDENTITY_INVALID where they rest in none that can be written.
 */
export function openKeyHome(use: StoreUse, identity: Identity): KeyHome {
  const { source, name } = identity;
  const spec = source.value;
  if (spec.kind === 'profile') return profileKeyHome(use.host, use.config, spec.profile);
  if (spec.kind === 'keychain') return storeKeyHome(use, spec.identity);
  throw new AssumeError(
    'IDENTITY_INVALID',
    `the keys of ${visible(name)} come from ${spec.kind}, where assume cannot replace them`,
    { hint: 'rotate them where they are made, or give them to assume: assume identity add NAME' },
  );
}
