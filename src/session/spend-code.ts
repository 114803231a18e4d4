import type { MfaProof } from '../aws/sts.js';
import { refusalBehind } from '../aws/aws-errors.js';
import { Secret } from '../credentials.js';
import { AssumeError, isAssumeError } from '../errors.js';
import { attempt } from '../store/attempt.js';
import { visible } from '../visible.js';
import type { Stage } from './stage.js';

/** A person mistypes; after the third refusal something else is wrong. */
const TRIES = 3;

/**
 * Makes a request that carries a code, and again with another code when AWS refuses the first.
 *
 * @throws AssumeError MFA_CODE_REFUSED after the last try, or when no other code can be had.
 */
export async function spendCode<Answer>(
  { host, codes, spent }: Stage,
  serial: string,
  request: (proof: MfaProof) => Promise<Answer>,
): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const code = new Secret(await codes.next(serial)).reveal();
    attempt(host, 'remember that the code is spent', () => {
      spent.add(serial, code);
    });
    try {
      return await request({ serial, code });
    } catch (error) {
      const problem = codeProblem(error);
      if (problem === null) throw error;
      if (problem === 'device') throw unknownDevice(serial, error);
      if (tries >= TRIES || !codes.canAskAgain) throw refusedCode(serial, error);
      host.stderr('assume: AWS refused that code; try the next one\n');
    }
  }
}

/** AWS gives both as AccessDenied; only the words tell them apart. */
function codeProblem(error: unknown): 'code' | 'device' | null {
  const refusal = isAssumeError(error) ? refusalBehind(error) : null;
  if (!refusal?.message.includes('MultiFactorAuthentication')) return null;
  return refusal.message.includes('invalid MFA one time pass code') ? 'code' : 'device';
}

function refusedCode(serial: string, cause: unknown): AssumeError {
  return new AssumeError('MFA_CODE_REFUSED', `AWS refused the MFA code of ${visible(serial)}`, {
    cause,
    hint: 'wait for a new code; if it goes on, the clock of the device is off: resync it in the IAM console',
  });
}

function unknownDevice(serial: string, cause: unknown): AssumeError {
  return new AssumeError(
    'MFA_CODE_REFUSED',
    `AWS does not know ${visible(serial)} as an MFA device of this user`,
    { cause, hint: 'correct mfa_serial, or remove it and let assume find the device' },
  );
}
