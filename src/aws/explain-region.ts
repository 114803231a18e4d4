import { partitionOfRegion } from '../arn/partition.js';
import { AssumeError } from '../errors.js';
import { formatOrigin } from '../target/target.js';
import { visible } from '../visible.js';
import type { AwsContext } from './aws-context.js';
import { refusalBehind } from './aws-errors.js';

/**
 * The regions that every account has: those from before March 2019. An account enables any other
 * of the public partition itself.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
const EVERYBODYS = new Set([
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1'],
  ...['ap-southeast-1', 'ap-southeast-2', 'aws-global'],
]);

/**
 * Adds to STS's refusal what its region has to do with it. A region that the identity's account has
 * not enabled may answer as it does to a key that was deleted.
 */
export function explainRegion(error: AssumeError, context: AwsContext): AssumeError {
  const { region, regionOrigin } = context;
  const place = `${region} (${visible(formatOrigin(regionOrigin))})`;
  const advice = adviceFor(context);
  const explained = (hint: string): AssumeError =>
    new AssumeError(error.code, error.message, { cause: error.cause, hint });
  switch (refusalBehind(error)?.awsCode) {
    case 'RegionDisabledException':
      return explained(`STS is called in ${place}, which this account has off: ${advice}`);
    case 'InvalidClientTokenId':
      return partitionOfRegion(region).name !== 'aws' || EVERYBODYS.has(region)
        ? error
        : explained(
            `${error.hint ?? ''}\nor its account has not enabled ${place}, where STS is called: ${advice}`,
          );
    default:
      return error;
  }
}

/** The default region of a partition is always on, and its tokens work in all others. */
function adviceFor({ region, regionOrigin }: AwsContext): string {
  const setting = `sts_region = ${partitionOfRegion(region).defaultRegion}`;
  return regionOrigin.name === 'stsRegion' && regionOrigin.file !== null
    ? `write ${setting} there`
    : `write ${setting} into [settings] of assume.ini`;
}
