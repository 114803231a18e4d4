import { AssumeError } from '../errors.js';

/**
 * @param seen - What was seen instead, for people; empty when there is no word for it.
 * @returns An error for an answer that AWS never gives, such as the page of a captive portal.
 */
export function notAws(wanted: string, seen = '', cause?: unknown): AssumeError {
  const what = seen === '' ? '' : ` (${seen})`;
  return new AssumeError(
    'AWS_UNREACHABLE',
    `could not ${wanted}: what answered was not AWS${what}`,
    { cause, hint: 'something may stand between: a proxy, a captive portal, --endpoint-url' },
  );
}
