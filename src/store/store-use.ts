import type { Config } from '../config/config.js';
import type { Flight } from './single-flight.js';

/** What opening a store takes: what the files say of it, and whether a person may be asked. */
export interface StoreUse extends Flight {
  readonly config: Config;
}
