/** A place where secrets rest between two runs. */
export interface SecretStore {
  readonly name: 'plain' | 'none';
  /** Where the secrets lie; `null` when nothing is kept. */
  readonly path: string | null;
  /** Why this store was chosen, as words that follow "because". */
  readonly reason: string;
  /** `null` when there is none of that name that can be read and is ours alone. */
  read(name: string): string | null;
  /** Replaces it in one step. @throws AssumeError FAILED when it cannot be kept. */
  write(name: string, text: string): void;
  /** Tells whether there was one. @throws AssumeError FAILED when it cannot be removed. */
  remove(name: string): boolean;
  /** The names of all that are kept. @throws AssumeError when that cannot be looked up. */
  names(): string[];
}
