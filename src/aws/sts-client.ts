import { STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from '../credentials.js';
import type { AwsContext } from './aws-context.js';
import { clientSettings } from './client.js';

export {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts';

/**
 * The SDK's client of STS. This file is reached by `import()` alone: the build makes it one chunk,
 * which is loaded when the first call is made and serves them all.
 *
 * @throws AssumeError as `clientSettings`.
 */
export function makeStsClient(
  context: AwsContext,
  signer: Credentials,
  attempts: number,
): STSClient {
  return new STSClient(clientSettings(context, signer, attempts));
}
