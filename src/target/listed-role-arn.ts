import { partitionOfRegion } from '../arn/partition.js';
import { composeRoleArn } from '../arn/role-arn.js';
import type { Config } from '../config/config.js';
import { nearest, settingsOf, type Layers } from './layers.js';
import { derivedFrom, type Given } from './target.js';

/**
 * The ARN of a catalogue's role: its `role_name` (IAM path and name) else its section's name, in the
 * partition that is set, else that of its region, else the public one.
 */
export function roleArnOf(
  config: Config,
  layers: Layers,
  accountId: string,
  role: string,
): Given<string> {
  const named = nearest(layers, 'roleName');
  const partition = partitionOf([...layers, settingsOf(config)]).value;
  const origin = named?.origin ?? nearest(layers, 'id')?.origin ?? derivedFrom('TARGET');
  return { value: composeRoleArn(partition, accountId, named?.value ?? role), origin };
}

/**
 * The partition as set, else as the region tells, else the public one.
 *
 * @param home - The region of the identity, where nothing nearer names one.
 */
export function partitionOf(layers: Layers, home: Given<string> | null = null): Given<string> {
  const set = nearest(layers, 'partition');
  if (set) return set;
  const region = nearest(layers, 'region') ?? home;
  return region
    ? { value: partitionOfRegion(region.value).name, origin: { ...region.origin, kind: 'derived' } }
    : { value: 'aws', origin: { kind: 'default', name: 'partition', file: null, line: null } };
}
