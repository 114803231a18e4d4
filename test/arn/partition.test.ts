import { partition as partitionOfSdk } from '@aws-sdk/core/client';
import { describe, expect, it } from 'vitest';
import { findPartition, PARTITIONS, partitionOfRegion } from '../../src/arn/partition.js';

describe('the partition of a region', () => {
  it.each([
    ['us-east-1', 'aws'],
    ['us-west-2', 'aws'],
    ['eu-central-1', 'aws'],
    ['eu-south-2', 'aws'],
    ['ap-southeast-7', 'aws'],
    ['ap-east-2', 'aws'],
    ['sa-east-1', 'aws'],
    ['ca-west-1', 'aws'],
    ['me-central-1', 'aws'],
    ['af-south-1', 'aws'],
    ['il-central-1', 'aws'],
    ['mx-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-iso-west-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['us-isof-east-1', 'aws-iso-f'],
    // None that AWS knows: the public one.
    ['aws-global', 'aws'],
    ['mars-north-1', 'aws'],
    ['fips-us-gov-west-1', 'aws'],
    ['', 'aws'],
  ])('%s lies in %s, as for the SDK', (region, name) => {
    expect(partitionOfRegion(region).name).toBe(name);
    expect(partitionOfSdk(region).name).toBe(name);
  });

  it.each(PARTITIONS.map((partition) => [partition.name, partition] as const))(
    'is %s for the default region of that partition alone',
    (name, { defaultRegion }) => {
      const fitting = PARTITIONS.filter(({ regions }) => regions.test(defaultRegion));
      expect(fitting.map((partition) => partition.name)).toEqual([name]);
      expect(findPartition(name)?.defaultRegion).toBe(defaultRegion);
    },
  );

  it('has no name that AWS has not', () => {
    expect(findPartition('aws-mars')).toBeNull();
    expect(findPartition('')).toBeNull();
  });
});
