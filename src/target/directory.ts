import type { Config } from '../config/config.js';
import type { Host } from '../host/host.js';
import { makeCatalogue, type CatalogueEntry } from './catalogue.js';

/** What a name is looked up in. */
export interface Directory {
  readonly config: Config;
  readonly host: Host;
  readonly catalogue: readonly CatalogueEntry[];
  /** The catalogue by every name of its entries. */
  readonly named: ReadonlyMap<string, readonly CatalogueEntry[]>;
}

/** All that the user's files name. */
export function makeDirectory(config: Config, host: Host): Directory {
  const catalogue = makeCatalogue(config);
  const named = new Map<string, CatalogueEntry[]>();
  for (const entry of catalogue) {
    for (const name of new Set(entry.names)) {
      const those = named.get(name);
      if (those) those.push(entry);
      else named.set(name, [entry]);
    }
  }
  return { config, host, catalogue, named };
}
