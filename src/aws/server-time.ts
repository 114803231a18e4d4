import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { AssumeError } from '../errors.js';
import type { AwsContext } from './aws-context.js';
import { readAwsError } from './aws-errors.js';
import { callDeadline, clientSettings } from './client.js';
import { NOBODY } from './nobody.js';

/**
 * What time it is at STS, by the `Date` of its answer to a request that needs no keys.
 *
 * @throws AssumeError AWS_UNREACHABLE when nothing dated comes back.
 */
export async function askServerTime(context: AwsContext): Promise<Date> {
  const client = new STSClient(clientSettings(context, NOBODY, 1));
  const wanted = `reach AWS in ${context.region}`;
  try {
    await client.send(new GetCallerIdentityCommand({}), callDeadline());
  } catch (thrown) {
    const date = dateOf(thrown);
    if (date) return date;
    throw readAwsError(wanted, thrown);
  } finally {
    client.destroy();
  }
  throw new AssumeError('AWS_UNREACHABLE', `could not ${wanted}: what answered was not AWS`, {
    hint: 'check --endpoint-url, a proxy or a captive portal; then try again',
  });
}

function dateOf(thrown: unknown): Date | null {
  const { $response: response } = thrown as { $response?: { headers?: Record<string, string> } };
  const date = new Date(response?.headers?.['date'] ?? Number.NaN);
  return Number.isFinite(date.getTime()) ? date : null;
}
