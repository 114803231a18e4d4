import type { Options } from '../../src/argv.js';
import type { Config } from '../../src/config/config.js';
import type { Host } from '../../src/host/host.js';
import type { StoreUse } from '../../src/store/store-use.js';

/** What opening a store takes, with nobody else at work. */
export function storeUse(host: Host, config: Config, options: Options = {}): StoreUse {
  return { host, config, options, lockWaitMs: null };
}
