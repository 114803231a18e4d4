import { REGION } from '../arn/forms.js';
import { findPartition, PARTITIONS, partitionOfRegion } from '../arn/partition.js';
import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import type { Start } from './make-start.js';
import { nearest, settingsOf, type Layers } from './layers.js';
import { profileValue } from './profile-value.js';
import { visible } from '../visible.js';
import { byDefault, formatOrigin, fromFile, fromVariable, type Given } from './target.js';

/** The region that the target's programs work in; `null` when nothing names one. */
export function findRegion(
  layers: Layers,
  profile: AwsSection | null,
  env: Environment,
): Given<string> | null {
  return regionOfProfile(profile) ?? nearest(layers, 'region') ?? ownRegion(env);
}

/**
 * Where STS is called: a region of the identity, never of the target, since STS refuses a region
 * that the identity's account has not enabled. Regions of another partition are passed over.
 */
export function findStsRegion(
  config: Config,
  start: Start,
  env: Environment,
  partition: string,
): Given<string> {
  const candidates = [
    nearest([start.section, settingsOf(config)], 'stsRegion'),
    regionOfProfile(start.base),
    nearest([start.section], 'region'),
    ownRegion(env),
  ];
  const fits = (region: Given<string> | null): region is Given<string> =>
    region !== null && partitionOfRegion(region.value).name === partition;
  return (
    candidates.find(fits) ?? {
      value: (findPartition(partition) ?? PARTITIONS[0]).defaultRegion,
      origin: byDefault('sts_region'),
    }
  );
}

/**
 * The region that the identity has of its own, which tells its partition: that of its profile, or of
 * the environment for what is found there; `null` for an `[identity]` section, which says it itself.
 */
export function regionOfIdentity(start: Start, env: Environment): Given<string> | null {
  if (start.base) return regionOfProfile(start.base);
  return start.section === null ? ownRegion(env) : null;
}

/** The user's own region: not one that we set for the last target. */
function ownRegion(env: Environment): Given<string> | null {
  const prefix = env['ASSUME_TARGET'] ? 'ASSUME_BEFORE_' : '';
  for (const name of [`${prefix}AWS_REGION`, `${prefix}AWS_DEFAULT_REGION`]) {
    const value = env[name];
    if (value) return checked({ value, origin: fromVariable(name) });
  }
  return null;
}

function checked(region: Given<string>): Given<string> {
  if (REGION.pattern.test(region.value)) return region;
  const { origin } = region;
  throw new AssumeError(
    origin.file === null ? 'USAGE' : 'CONFIG_INVALID',
    `${formatOrigin(origin)}: ${visible(region.value)} is no region`,
    { hint: 'a region reads like eu-west-1' },
  );
}

/**
 * The profile's own.
 *
 * @throws AssumeError CONFIG_INVALID for what is no region.
 */
export function regionOfProfile(profile: AwsSection | null): Given<string> | null {
  const value = profile && profileValue(profile, 'region');
  return value && checked({ value: value.value, origin: fromFile('region', value) });
}
