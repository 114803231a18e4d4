import type { Call } from './call.js';
import { accessDenied } from './refusal.js';
import { findTotpStep } from './totp.js';

const FAILED = 'MultiFactorAuthentication failed';

/**
 * Checks the code that a request carries, and uses it up: each is good once.
 *
 * @returns When it was checked; `null` when the request carries none.
 * @throws Refusal `AccessDenied`, in one text for a wrong or spent code and in another for a device
 * that is not the caller's or shows no codes.
 */
export function verifyMfa(call: Call): Date | null {
  const { SerialNumber: serial, TokenCode: code } = call.parameters;
  if (serial === undefined && code === undefined) return null;
  if (serial === undefined || code === undefined)
    throw accessDenied(`${FAILED}, must provide both MFA serial number and one time pass code.`);
  const seed = call.caller.user?.mfaDevices.find((device) => device.serial === serial)?.seed;
  if (seed === undefined || seed === null)
    throw accessDenied(
      `${FAILED}, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.`,
    );
  const step = findTotpStep(seed, code, call.now);
  const mark = `${serial} ${String(step)}`;
  if (step === null || call.memory.spentCodes.has(mark))
    throw accessDenied(`${FAILED} with invalid MFA one time pass code.`);
  call.memory.spentCodes.add(mark);
  return call.now;
}
