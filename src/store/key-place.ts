import { AssumeError } from '../errors.js';
import type { StoreUse } from './store-use.js';

/** The encrypted stores, by where the key rests that opens them. */
export type SealedName = 'keychain' | 'passphrase' | 'pass';

/** A place that master keys rest in: 32 bytes each, under an ID of 16 hexadecimal digits. */
export interface KeyPlace {
  /** What holds them, in words: "the system keychain". */
  readonly words: string;
  /**
   * @returns `null` when there is no key of that ID.
   * @throws AssumeError STORE_UNAVAILABLE when the place cannot be reached or stays locked; CANCELLED.
   */
  get(id: string): Promise<Buffer | null>;
  /**
   * Whether there is one, as far as that shows without a passphrase.
   *
   * @throws AssumeError STORE_UNAVAILABLE as `get`, also for one that is damaged.
   */
  has(id: string): Promise<boolean>;
  /** @throws AssumeError STORE_UNAVAILABLE when it cannot be kept; CANCELLED. */
  put(id: string, key: Buffer): Promise<void>;
  /** One that is not there is no failure. @throws AssumeError STORE_UNAVAILABLE */
  remove(id: string): Promise<void>;
}

/** A kind of place. */
export interface KeyPlaceRow {
  open(use: StoreUse): KeyPlace;
}

/** An error of the store, with what to type next. */
export function storeUnavailable(problem: string, hint: string, cause?: unknown): AssumeError {
  return new AssumeError('STORE_UNAVAILABLE', problem, { hint, cause });
}
