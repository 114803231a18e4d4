import { AssumeError, EXIT_STATUS, isAssumeError, type ErrorCode } from '../errors.js';
import type { Host } from './host.js';
import { parseObject } from './parse-object.js';

/**
 * Leaves word of a failure for those who waited for this holder: code, message and hint, which hold
 * no secret. Written before the lock is released, so that whoever sees it free can read why.
 */
export function leaveFailure(host: Host, lockFile: string, nonce: string, thrown: unknown): void {
  if (!isAssumeError(thrown)) return;
  const { code, message, hint } = thrown;
  host.files.writePrivate(failureFile(lockFile, nonce), JSON.stringify({ code, message, hint }));
}

/**
 * Ends a waiter as the holder it waited for ended; does nothing when that one left no failure.
 *
 * @throws AssumeError with the holder's code, message and hint.
 */
export function throwLeftFailure(host: Host, lockFile: string, nonce: string): void {
  const text = host.files.readText(failureFile(lockFile, nonce));
  if (text === null) return;
  const { code, message, hint } = parseObject(text) ?? {};
  if (typeof code !== 'string' || !isErrorCode(code) || typeof message !== 'string') return;
  throw new AssumeError(code, message, { hint: typeof hint === 'string' ? hint : undefined });
}

function failureFile(lockFile: string, nonce: string): string {
  return `${lockFile}.${nonce}.failure`;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(EXIT_STATUS, code);
}
