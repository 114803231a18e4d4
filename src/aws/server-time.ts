import type { AwsContext } from './aws-context.js';
import { readAwsError } from './aws-errors.js';
import { callDeadline } from './call-deadline.js';
import { NOBODY } from './nobody.js';
import { notAws } from './not-aws.js';

/**
 * What time it is at STS, by the `Date` of its answer to a request that needs no keys.
 *
 * @throws AssumeError AWS_UNREACHABLE when nothing dated comes back.
 */
export async function askServerTime(context: AwsContext): Promise<Date> {
  const { GetCallerIdentityCommand, makeStsClient } = await import('./sts-client.js');
  const client = makeStsClient(context, NOBODY, 1);
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
  throw notAws(wanted);
}

function dateOf(thrown: unknown): Date | null {
  const { $response: response } = thrown as { $response?: { headers?: Record<string, string> } };
  const date = new Date(response?.headers?.['date'] ?? Number.NaN);
  return Number.isFinite(date.getTime()) ? date : null;
}
