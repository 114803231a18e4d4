import type { Config } from '../config/config.js';
import type { Host } from '../host/host.js';
import type { CatalogueEntry } from './catalogue.js';

/** What a name is looked up in. */
export interface Directory {
  readonly config: Config;
  readonly host: Host;
  readonly catalogue: readonly CatalogueEntry[];
}
