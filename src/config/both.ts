import { AssumeError, isAssumeError } from '../errors.js';

/**
 * What both give, the second tried even where the first fails, so that what is wrong is told at once.
 *
 * @throws AssumeError of the one that fails, or one that tells of both.
 */
export function both<First, Second>(first: () => First, second: () => Second): [First, Second] {
  const one = attempt(first);
  const other = attempt(second);
  if ('error' in one) throw 'error' in other ? asOne(one.error, other.error) : one.error;
  if ('error' in other) throw other.error;
  return [one.value, other.value];
}

type Attempt<T> = { readonly value: T } | { readonly error: AssumeError };

function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return { error };
  }
}

function asOne(first: AssumeError, second: AssumeError): AssumeError {
  const hints = [first, second].flatMap(({ hint }) => hint?.split('\n') ?? []);
  return new AssumeError(first.code, `${first.message}\n${second.message}`, {
    hint: [...new Set(hints)].join('\n'),
  });
}
