import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import type { Environment } from '../host/host.js';
import { findClientSetting } from './client-setting.js';
import { findEndpoint } from './find-endpoint.js';
import { findEndpointVariant, type EndpointVariant } from './find-endpoint-variant.js';
import { findStsRegion } from './find-region.js';
import type { FlagValues } from './flag-values.js';
import { settingsOf } from './layers.js';
import type { Start } from './make-start.js';
import type { Target } from './target.js';

/** How AWS is reached: where STS is called, by which endpoint, trusting whom. */
export type Connection = Pick<
  Target,
  'stsRegion' | 'endpoint' | 'caBundle' | keyof EndpointVariant
>;

/** Whose certificates AWS's are trusted by. */
export const CA_BUNDLE = { key: 'ca_bundle', variable: 'AWS_CA_BUNDLE' };

/**
 * How AWS is reached for a target in that partition.
 *
 * @param hops - The profiles that are roles on the way, in the order they are assumed.
 * @param remarks - Gets what was asked for and is not so.
 * @throws AssumeError CONFIG_INVALID or USAGE for a value that cannot be.
 */
export function findConnection(
  config: Config,
  env: Environment,
  flags: FlagValues,
  start: Start,
  hops: readonly AwsSection[],
  partition: string,
  remarks: string[],
): Connection {
  const endpoint = findEndpoint(flags, [start.section, settingsOf(config)], env);
  const profiles = [...(start.base ? [start.base] : []), ...hops].reverse();
  return {
    stsRegion: findStsRegion(config, start, env, partition),
    ...findWayToAws(profiles, env, endpoint, remarks),
  };
}

/** What of it needs neither an identity nor assume's own file. */
export function findWayToAws(
  profiles: readonly AwsSection[],
  env: Environment,
  endpoint: Target['endpoint'],
  remarks: string[] = [],
): Omit<Connection, 'stsRegion'> {
  return {
    endpoint,
    ...findEndpointVariant(profiles, env, endpoint, remarks),
    caBundle: findClientSetting(CA_BUNDLE, profiles, env),
  };
}
