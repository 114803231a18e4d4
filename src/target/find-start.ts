import type { Config } from '../config/config.js';
import type { Host } from '../host/host.js';
import type { CatalogueEntry } from './catalogue.js';
import { findIdentity, startOfProfile } from './find-identity.js';
import type { FlagValues } from './flag-values.js';
import { nearest, settingsOf } from './layers.js';
import type { Start } from './make-start.js';
import type { ProfileChain } from './profile-chain.js';
import { fromFile, type Origin } from './target.js';

/** Where a target starts from, and what chose it. */
export interface ChosenStart extends Start {
  readonly chosenBy: Origin;
}

/** What the flag names, else what the profile leads to, else what the files choose. */
export function findStart(
  config: Config,
  host: Host,
  entry: CatalogueEntry,
  flags: FlagValues,
  chain: ProfileChain | null,
): ChosenStart {
  if (flags.identity) {
    const start = findIdentity(config, host.env, flags.identity);
    return { ...start, chosenBy: flags.identity.origin };
  }
  if (chain) {
    const start = startOfProfile(config, host.env, chain);
    return { ...start, chosenBy: start.identity.source.origin };
  }
  const wanted = nearest([...entry.layers, settingsOf(config)], 'identity');
  const start = findIdentity(config, host.env, wanted);
  const { section, identity } = start;
  const only = section && fromFile('identity', section);
  return { ...start, chosenBy: wanted?.origin ?? only ?? identity.source.origin };
}
