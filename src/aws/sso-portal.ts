import { GetRoleCredentialsCommand, LogoutCommand, SSOClient } from '@aws-sdk/client-sso';
import type { Secret } from '../credentials.js';
import type { SsoSpec } from '../target/identity-spec.js';
import type { AwsContext } from './aws-context.js';
import { readAwsError } from './aws-errors.js';
import { callDeadline } from './call-deadline.js';
import { unsignedSettings } from './client.js';
import { readCredentials, type TemporaryCredentials } from './temporary-credentials.js';

/**
 * Credentials of a role that the token's owner has in an account.
 *
 * @throws AssumeError AWS_REFUSED with an `AwsRefusal` as its cause: status 401 when the token is no
 * good, 403 or 404 when the owner has no such role; AWS_UNREACHABLE.
 * @see https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html
 */
export async function getRoleCredentials(
  context: AwsContext,
  accessToken: Secret,
  { accountId, roleName }: SsoSpec,
): Promise<TemporaryCredentials> {
  const wanted = `get credentials of ${roleName} in ${accountId} from IAM Identity Center`;
  const command = new GetRoleCredentialsCommand({
    accountId,
    roleName,
    accessToken: accessToken.reveal(),
  });
  const answer = await send(context, wanted, (client) => client.send(command, callDeadline()));
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = answer.roleCredentials ?? {};
  const expires = expiration === undefined ? undefined : new Date(expiration);
  return readCredentials(
    { accessKeyId, secretAccessKey, sessionToken, expiration: expires },
    wanted,
  );
}

/**
 * Ends the login that the token is of, for every program that has it.
 *
 * @throws AssumeError as `getRoleCredentials`.
 */
export async function endLogin(context: AwsContext, accessToken: Secret): Promise<void> {
  const command = new LogoutCommand({ accessToken: accessToken.reveal() });
  await send(context, 'log out of IAM Identity Center', (client) =>
    client.send(command, callDeadline()),
  );
}

async function send<Answer>(
  context: AwsContext,
  wanted: string,
  call: (client: SSOClient) => Promise<Answer>,
): Promise<Answer> {
  const client = new SSOClient(unsignedSettings(context, 3));
  try {
    return await call(client);
  } catch (thrown) {
    throw readAwsError(wanted, thrown);
  } finally {
    client.destroy();
  }
}
