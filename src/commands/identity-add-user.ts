import type { Options } from '../argv.js';
import { listAccessKeys } from '../aws/access-keys.js';
import type { AwsContext } from '../aws/aws-context.js';
import type { CallerIdentity } from '../aws/sts.js';
import type { Credentials } from '../credentials.js';
import { AssumeError, isAssumeError } from '../errors.js';
import { findSerial } from '../session/find-serial.js';
import { attempt } from '../store/attempt.js';
import { writeLearned } from '../store/learned.js';
import { visible } from '../visible.js';

/** What AWS tells of whose keys they are. */
export interface NewUser {
  readonly accountId: string;
  readonly userName: string;
  /** `null` where there is none that STS can use, or it is not told. */
  readonly mfaSerial: string | null;
}

/**
 * Whose keys they are, which MFA device the user has, and how old the key is, as far as AWS tells the
 * keys alone; it is remembered.
 *
 * @param name - Of the identity that they become.
 * @throws AssumeError IDENTITY_INVALID for keys of the root user; CANCELLED.
 */
export async function learnUser(
  aws: AwsContext,
  keys: Credentials,
  { accountId, arn }: CallerIdentity,
  options: Options,
  name: string,
): Promise<NewUser> {
  const [, userName] = /^arn:[^:]+:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (userName === undefined) throw noUser(arn);
  const mfaSerial = await unlessRefused(() => findSerial(aws, keys, options, name));
  const listed = await unlessRefused(() => listAccessKeys(aws, keys));
  const createdAt = listed?.find((key) => key.accessKeyId === keys.accessKeyId)?.createdAt;
  attempt(aws.host, 'remember whose the keys are', () => {
    writeLearned(aws.host, keys.accessKeyId, {
      ...{ accountId, userName },
      ...(mfaSerial !== null && { mfaSerial }),
      ...(createdAt && { createdAt: createdAt.toISOString() }),
    });
  });
  return { accountId, userName, mfaSerial };
}

async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    const isTold = isAssumeError(error) && ['AWS_REFUSED', 'MFA_NEEDED'].includes(error.code);
    if (!isTold) throw error;
    return null;
  }
}

function noUser(arn: string): AssumeError {
  return new AssumeError('IDENTITY_INVALID', `these are no keys of an IAM user: ${visible(arn)}`, {
    hint: 'make an IAM user and a key for it; keys of the root user should not exist',
  });
}
