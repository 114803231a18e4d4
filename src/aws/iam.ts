import type { IAMClient } from '@aws-sdk/client-iam';
import type { Credentials } from '../credentials.js';
import type { AwsContext } from './aws-context.js';
import { readAwsError } from './aws-errors.js';
import type * as IamSdk from './iam-client.js';

/** How often a call is tried that does the same twice as once. */
export const REPEATABLE = 3;
/** For a call of which a second one would do more: its answer may have been lost, not its work. */
export const ONCE = 1;

/**
 * Makes calls to IAM with one client.
 *
 * @param wanted - Words that follow "could not".
 * @throws AssumeError AWS_REFUSED when policies do not let the signer do it, or it cannot be done;
 * others as `assumeRole`.
 */
export async function withIam<Answer>(
  context: AwsContext,
  signer: Credentials,
  wanted: string,
  attempts: typeof REPEATABLE | typeof ONCE,
  call: (client: IAMClient, sdk: typeof IamSdk) => Promise<Answer>,
): Promise<Answer> {
  const sdk = await import('./iam-client.js');
  const client = sdk.makeIamClient(context, signer, attempts);
  try {
    return await call(client, sdk);
  } catch (thrown) {
    throw readAwsError(wanted, thrown);
  } finally {
    client.destroy();
  }
}
