import type { Config } from '../config/config.js';
import type { Credentials } from '../credentials.js';
import type { Host } from '../host/host.js';
import type { IdentitySource } from '../target/target.js';

/** Reads credentials of one kind of source. */
export interface IdentityReader {
  /**
   * @returns `null` when the source is of another kind.
   * @throws AssumeError when it is of this kind and its credentials can't be had.
   */
  read(source: IdentitySource, config: Config, host: Host): Promise<Credentials | null>;
}
