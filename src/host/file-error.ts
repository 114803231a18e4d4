import { getSystemErrorMap } from 'node:util';
import { AssumeError, isAssumeError, type ErrorCode } from '../errors.js';
import { visible } from '../visible.js';
import { errnoOf } from './errno.js';

/**
 * Does something to the disk and turns the system's refusal into our error: what was wanted, which
 * path, why in words and by its name.
 *
 * @param wanted - completes "cannot …", such as `read` or `replace`.
 * @throws AssumeError `code`; anything that is not the system's refusal passes as it is.
 */
export function attempt<T>(
  code: ErrorCode,
  wanted: string,
  path: string,
  action: () => T,
  hint?: string,
): T {
  try {
    return action();
  } catch (thrown) {
    if (isAssumeError(thrown) || errnoOf(thrown) === null) throw thrown;
    throw new AssumeError(code, `cannot ${wanted} ${visible(path)}: ${inWords(thrown)}`, {
      hint: hint ?? `see whose it is, and whether there is room: ls -ld ${visible(path)}`,
      cause: thrown,
    });
  }
}

/** The system's error as a person reads it: `permission denied (EACCES)`. */
export function inWords(thrown: unknown): string {
  const name = errnoOf(thrown);
  if (name === null) return thrown instanceof Error ? visible(thrown.message) : 'unknown error';
  for (const [errorName, words] of getSystemErrorMap().values()) {
    if (errorName === name) return `${words} (${name})`;
  }
  return name;
}

/** Tells whether it was refused because nothing is at that path. */
export function isAbsence(thrown: unknown): boolean {
  const name = errnoOf(thrown);
  return name === 'ENOENT' || name === 'ENOTDIR';
}

/**
 * Works on a file's text; what is wrong with that, or with what is to be put there, is told with the
 * file's name.
 *
 * @throws AssumeError as the work does.
 */
export function namingFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!isAssumeError(cause) || cause.code !== 'CONFIG_INVALID') throw cause;
    throw new AssumeError(cause.code, `cannot edit ${visible(path)}: ${cause.message}`, {
      hint: cause.hint,
      cause,
    });
  }
}
