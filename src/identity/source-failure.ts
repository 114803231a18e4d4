import { AssumeError, isAssumeError, type ErrorCode, type ErrorDetails } from '../errors.js';
import { formatOrigin, type Identity } from '../target/target.js';
import { visible } from '../visible.js';
import type { Errand } from './identity-source.js';

/** Why credentials are not to be had, and what to do about it. */
export interface SourceProblem {
  readonly problem: string;
  readonly hint: string;
}

/** @returns An error that says whose credentials are not to be had, where they are described, and why. */
export function sourceFailure(
  { planned }: Pick<Errand, 'planned'>,
  code: ErrorCode,
  problem: string,
  details: ErrorDetails & { readonly hint: string },
): AssumeError {
  return failureOf(planned.target.identity, code, problem, details);
}

/** The same of an identity that nothing has been planned for. */
export function failureOf(
  { name, definedAt }: Identity,
  code: ErrorCode,
  problem: string,
  details: ErrorDetails & { readonly hint: string },
): AssumeError {
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
