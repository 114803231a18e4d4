import { IAMClient, paginateListMFADevices } from '@aws-sdk/client-iam';
import type { Credentials } from '../credentials.js';
import type { AwsContext } from './aws-context.js';
import { readAwsError } from './aws-errors.js';
import { callDeadline, clientSettings } from './client.js';

/**
 * The serials of the caller's own MFA devices, FIDO keys among them.
 *
 * @throws AssumeError AWS_REFUSED when the user may not list them; others as `assumeRole`.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html
 */
export async function listMfaDevices(
  context: AwsContext,
  signer: Credentials,
): Promise<readonly string[]> {
  const client = new IAMClient(clientSettings(context, signer, 3));
  const serials: string[] = [];
  try {
    const options = callDeadline();
    for await (const page of paginateListMFADevices({ client }, {}, options)) {
      serials.push(...(page.MFADevices ?? []).flatMap(({ SerialNumber }) => SerialNumber ?? []));
    }
    return serials;
  } catch (thrown) {
    throw readAwsError('list the MFA devices of this identity', thrown);
  } finally {
    client.destroy();
  }
}
