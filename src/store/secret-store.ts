import type { SealedName } from './key-place.js';

/** What is kept under one name, as JSON has it. */
export type Fields = Readonly<Record<string, unknown>>;

/** A place where secrets rest between two runs. */
export interface SecretStore {
  readonly name: SealedName | 'plain' | 'none';
  /** Where the secrets lie; `null` when nothing is kept. */
  readonly path: string | null;
  /** Why this store was chosen, as words that follow "because". */
  readonly reason: string;
  /** What lies there opens with a key that lies elsewhere. */
  readonly isEncrypted: boolean;
  /** The names of all that are kept. @throws AssumeError when that cannot be looked up. */
  names(): string[];
  /**
   * The fields that were no secret when it was written, and perhaps the others; takes no key and asks
   * nobody. `null` when there is none of that name that can be read and is ours alone.
   */
  facts(name: string): Fields | null;
  /**
   * All fields. `null` as `facts`, and for one that was damaged or changed.
   *
   * @throws AssumeError STORE_UNAVAILABLE when the key cannot be had.
   */
  read(name: string): Promise<Fields | null>;
  /**
   * Replaces it in one step.
   *
   * @throws AssumeError FAILED when it cannot be kept, STORE_UNAVAILABLE without the key.
   */
  write(name: string, facts: Fields, secrets: Fields): Promise<void>;
  /** Tells whether there was one. @throws AssumeError FAILED when it cannot be removed. */
  remove(name: string): boolean;
}
