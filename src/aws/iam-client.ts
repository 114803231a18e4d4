import { IAMClient } from '@aws-sdk/client-iam';
import type { Credentials } from '../credentials.js';
import type { AwsContext } from './aws-context.js';
import { clientSettings } from './client.js';

export {
  CreateAccessKeyCommand,
  CreateVirtualMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
  paginateListMFADevices,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';

/**
 * The SDK's client of IAM; reached by `import()` alone, as that of STS.
 *
 * @throws AssumeError as `clientSettings`.
 */
export function makeIamClient(
  context: AwsContext,
  signer: Credentials,
  attempts: number,
): IAMClient {
  return new IAMClient(clientSettings(context, signer, attempts));
}
