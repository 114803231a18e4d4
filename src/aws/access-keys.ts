import { Secret, type Credentials } from '../credentials.js';
import type { AwsContext } from './aws-context.js';
import { callDeadline } from './call-deadline.js';
import { ONCE, REPEATABLE, withIam } from './iam.js';
import { notAws } from './not-aws.js';

/** A long-term key of the caller, as AWS lists it: without its secret. */
export interface ListedKey {
  readonly accessKeyId: string;
  readonly isActive: boolean;
  readonly createdAt: Date | null;
}

/**
 * The caller's own keys; AWS allows two.
 *
 * @throws AssumeError as `withIam`.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html
 */
export async function listAccessKeys(
  context: AwsContext,
  signer: Credentials,
): Promise<readonly ListedKey[]> {
  const wanted = 'list the access keys of this identity';
  const { AccessKeyMetadata: keys } = await withIam(
    context,
    signer,
    wanted,
    REPEATABLE,
    (client, sdk) => client.send(new sdk.ListAccessKeysCommand({}), callDeadline()),
  );
  return (keys ?? []).flatMap(({ AccessKeyId: accessKeyId, Status, CreateDate }) =>
    accessKeyId === undefined
      ? []
      : { accessKeyId, isActive: Status !== 'Inactive', createdAt: CreateDate ?? null },
  );
}

/** A long-term key that was just made. */
export interface NewKey {
  readonly credentials: Credentials;
  readonly createdAt: Date | null;
}

/**
 * Makes a second key for the caller; AWS tells its secret this once. Parts of AWS may not know it
 * for some seconds.
 *
 * @throws AssumeError as `withIam`; an `AwsRefusal` LimitExceeded where there are two.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
 */
export async function createAccessKey(context: AwsContext, signer: Credentials): Promise<NewKey> {
  const wanted = 'create an access key';
  const { AccessKey: key } = await withIam(context, signer, wanted, ONCE, (client, sdk) =>
    client.send(new sdk.CreateAccessKeyCommand({}), callDeadline()),
  );
  if (!key?.AccessKeyId || !key.SecretAccessKey) throw notAws(wanted);
  return {
    createdAt: key.CreateDate ?? null,
    credentials: {
      accessKeyId: key.AccessKeyId,
      secretAccessKey: new Secret(key.SecretAccessKey),
      sessionToken: null,
      expiration: null,
    },
  };
}

/** Lets a key sign no more; it can be made active again. @throws AssumeError as `withIam`. */
export async function deactivateAccessKey(
  context: AwsContext,
  signer: Credentials,
  accessKeyId: string,
): Promise<void> {
  const input = { AccessKeyId: accessKeyId, Status: 'Inactive' } as const;
  await withIam(context, signer, `deactivate ${accessKeyId}`, REPEATABLE, (client, sdk) =>
    client.send(new sdk.UpdateAccessKeyCommand(input), callDeadline()),
  );
}

/** Deletes a key for ever. @throws AssumeError as `withIam`. */
export async function deleteAccessKey(
  context: AwsContext,
  signer: Credentials,
  accessKeyId: string,
): Promise<void> {
  const input = { AccessKeyId: accessKeyId };
  await withIam(context, signer, `delete ${accessKeyId}`, REPEATABLE, (client, sdk) =>
    client.send(new sdk.DeleteAccessKeyCommand(input), callDeadline()),
  );
}

/** When and for what a key was used last. */
export interface KeyUse {
  readonly at: Date;
  /** Such as `s3`. */
  readonly service: string;
}

/**
 * The last use of a key, which AWS knows some hours late; `null` for one never used.
 *
 * @throws AssumeError as `withIam`.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html
 */
export async function getLastUse(
  context: AwsContext,
  signer: Credentials,
  accessKeyId: string,
): Promise<KeyUse | null> {
  const input = { AccessKeyId: accessKeyId };
  const wanted = `see when ${accessKeyId} was used last`;
  const { AccessKeyLastUsed: use } = await withIam(
    context,
    signer,
    wanted,
    REPEATABLE,
    (client, sdk) => client.send(new sdk.GetAccessKeyLastUsedCommand(input), callDeadline()),
  );
  return use?.LastUsedDate ? { at: use.LastUsedDate, service: use.ServiceName ?? 'N/A' } : null;
}
