import type { Answer } from '../assumption.js';
import { formatInstant } from './format-instant.js';

/**
 * The JSON that AWS SDKs read from a `credential_process`, on a line.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function formatProcessOutput({ credentials, accountId }: Answer): string {
  const output = {
    Version: 1,
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey.reveal(),
    ...(credentials.sessionToken && { SessionToken: credentials.sessionToken.reveal() }),
    ...(credentials.expiration && { Expiration: formatInstant(credentials.expiration) }),
    ...(accountId !== null && { AccountId: accountId }),
  };
  return `${JSON.stringify(output)}\n`;
}
