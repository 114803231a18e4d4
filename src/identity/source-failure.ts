import { AssumeError, isAssumeError, type ErrorCode, type ErrorDetails } from '../errors.js';
import { formatOrigin } from '../target/target.js';
import { visible } from '../visible.js';
import type { Errand } from './identity-source.js';

/** @returns An error that says whose credentials are not to be had, where they are described, and why. */
export function sourceFailure(
  { planned }: Pick<Errand, 'planned'>,
  code: ErrorCode,
  problem: string,
  details: ErrorDetails & { readonly hint: string },
): AssumeError {
  const { name, definedAt } = planned.target.identity;
  const place = visible(formatOrigin(definedAt));
  return new AssumeError(
    code,
    `cannot get the credentials of ${visible(name)} (${place}): ${problem}`,
    details,
  );
}

/**
 * What AWS refused or did not answer, told with whose credentials were wanted. Any other error comes
 * back as it is.
 *
 * @param hint - What to type; `null` leaves that to the error.
 */
export function refusedTo(
  errand: Pick<Errand, 'planned'>,
  error: unknown,
  hint: string | null = null,
): unknown {
  if (!isAssumeError(error)) return error;
  const { code, message, cause } = error;
  return sourceFailure(errand, code, message, { hint: hint ?? error.hint ?? '', cause });
}
