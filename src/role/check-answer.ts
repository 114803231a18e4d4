import { accountOfAccessKey } from '../arn/access-key-account.js';
import { isSessionOfRole, parseRoleArn } from '../arn/role-arn.js';
import type { AwsContext } from '../aws/aws-context.js';
import { getCallerIdentity, type AssumedRole } from '../aws/sts.js';
import { AssumeError } from '../errors.js';
import type { Hop } from '../plan/plan.js';
import { visible } from '../visible.js';

/**
 * Proves that the answer is the role that was asked for: by the ARN it names and, where the new
 * access key ID holds its account, by that. A key that seems to be of another account is confirmed
 * by AWS before anything is refused, since its form is not documented.
 *
 * @throws AssumeError FAILED when the credentials speak for another account or role.
 */
export async function checkAnswer(
  context: AwsContext,
  hop: Hop,
  answer: AssumedRole,
): Promise<void> {
  requireSameRole(hop, answer.assumedRoleArn);
  const account = parseRoleArn(hop.roleArn)?.accountId;
  const inKey = accountOfAccessKey(answer.credentials.accessKeyId);
  if (inKey === null || inKey === account) return;
  const caller = await getCallerIdentity(context, answer.credentials);
  requireSameRole(hop, caller.arn);
}

function requireSameRole(hop: Hop, arn: string): void {
  if (isSessionOfRole(arn, hop.roleArn)) return;
  throw new AssumeError(
    'FAILED',
    `asked for ${hop.roleArn}, the answer speaks for ${visible(arn)}: nothing is handed over`,
    {
      hint: 'something between here and AWS answers in its place; check --endpoint-url and proxies',
    },
  );
}
