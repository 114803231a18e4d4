/** A closed part of AWS with accounts, regions and endpoints of its own. Credentials never cross it. */
export interface Partition {
  readonly name: string;
  readonly regions: RegExp;
  /** Where STS is called when nothing names a region. */
  readonly defaultRegion: string;
}

/**
 * In the order of AWS's own endpoint rules: the first whose pattern fits a region wins, and the
 * first is the answer when none does.
 *
 * @see https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
 */
export const PARTITIONS: readonly [Partition, ...Partition[]] = [
  {
    name: 'aws',
    regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    defaultRegion: 'us-east-1',
  },
  { name: 'aws-cn', regions: /^cn-\w+-\d+$/, defaultRegion: 'cn-northwest-1' },
  { name: 'aws-us-gov', regions: /^us-gov-\w+-\d+$/, defaultRegion: 'us-gov-west-1' },
  { name: 'aws-eusc', regions: /^eusc-(de)-\w+-\d+$/, defaultRegion: 'eusc-de-east-1' },
  { name: 'aws-iso', regions: /^us-iso-\w+-\d+$/, defaultRegion: 'us-iso-east-1' },
  { name: 'aws-iso-b', regions: /^us-isob-\w+-\d+$/, defaultRegion: 'us-isob-east-1' },
  { name: 'aws-iso-e', regions: /^eu-isoe-\w+-\d+$/, defaultRegion: 'eu-isoe-west-1' },
  { name: 'aws-iso-f', regions: /^us-isof-\w+-\d+$/, defaultRegion: 'us-isof-south-1' },
];

/** The partition of that name; `null` when AWS has none. */
export function findPartition(name: string): Partition | null {
  return PARTITIONS.find((partition) => partition.name === name) ?? null;
}

/** The partition that a region lies in; the public one for a region that no pattern knows. */
export function partitionOfRegion(region: string): Partition {
  return PARTITIONS.find((partition) => partition.regions.test(region)) ?? PARTITIONS[0];
}
