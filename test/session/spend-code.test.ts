import { describe, expect, it } from 'vitest';
import { AwsRefusal } from '../../src/aws/aws-errors.js';
import { redact } from '../../src/credentials.js';
import { AssumeError } from '../../src/errors.js';
import { spendCode } from '../../src/session/spend-code.js';
import type { Stage } from '../../src/session/stage.js';
import { openSpentCodes } from '../../src/store/spent-codes.js';
import { fakeHost } from '../support/fake-host.js';
import { rejectionOf } from '../support/thrown-by.js';

const SERIAL = 'GAHT12345678';
const refusal = (message: string): AssumeError =>
  new AssumeError('AWS_REFUSED', 'x', { cause: new AwsRefusal('AccessDenied', message, 403) });
const WRONG = refusal('MultiFactorAuthentication failed with invalid MFA one time pass code. ');
const UNKNOWN = refusal(
  'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
);

/** Codes that are tried one after the other; each request ends as the list says. */
function spend(outcomes: (AssumeError | null)[], canAskAgain = true) {
  const host = fakeHost();
  const spent = openSpentCodes(host);
  const tried: string[] = [];
  let next = 0;
  const codes = {
    canAskAgain,
    next: () => Promise.resolve(String(100_000 + next++)),
  };
  const stage: Pick<Stage, 'host' | 'codes' | 'spent'> = { host, codes, spent };
  const request = ({ serial, code }: { serial: string; code: string }): Promise<string> => {
    expect(spent.has(serial, code)).toBe(true);
    tried.push(code);
    const outcome = outcomes.shift();
    return outcome ? Promise.reject(outcome) : Promise.resolve('done');
  };
  const answer = spendCode(stage as Stage, SERIAL, request);
  return { host, tried, answer };
}

describe('a request that carries a code', () => {
  it.each<[string, (AssumeError | null)[], boolean, string, number]>([
    ['one that AWS takes', [null], true, 'done', 1],
    ['a wrong one, then a right one', [WRONG, null], true, 'done', 2],
    ['two wrong ones, then a right one', [WRONG, WRONG, null], true, 'done', 3],
    ['three wrong ones', [WRONG, WRONG, WRONG, null], true, 'MFA_CODE_REFUSED', 3],
    ['a wrong one and no other', [WRONG, null], false, 'MFA_CODE_REFUSED', 1],
    ['a device that AWS does not know', [UNKNOWN, null], true, 'MFA_CODE_REFUSED', 1],
    [
      'a refusal that has nothing to do with it',
      [refusal('no identity-based policy allows'), null],
      true,
      'AWS_REFUSED',
      1,
    ],
    ['no answer', [new AssumeError('AWS_UNREACHABLE', 'x'), null], true, 'AWS_UNREACHABLE', 1],
  ])('is made with %s', async (_, outcomes, canAskAgain, outcome, tries) => {
    const { tried, answer } = spend(outcomes, canAskAgain);
    if (outcome === 'done') expect(await answer).toBe('done');
    else expect((await rejectionOf(answer)).code).toBe(outcome);
    expect(tried).toHaveLength(tries);
    expect(new Set(tried).size).toBe(tries);
  });

  it('has its code marked as spent before it is sent, and hidden from every message', async () => {
    const { answer } = spend([null]);
    await answer;
    expect(redact('the code 100000')).toBe('the code [secret]');
  });

  it('is made even where the code cannot be remembered', async () => {
    const host = fakeHost();
    host.files.makeReadOnly('/home');
    const codes = { canAskAgain: false, next: () => Promise.resolve('123123') };
    const stage: Pick<Stage, 'host' | 'codes' | 'spent'> = {
      host,
      codes,
      spent: openSpentCodes(host),
    };
    expect(await spendCode(stage as Stage, SERIAL, () => Promise.resolve(1))).toBe(1);
    expect(host.written.stderr).toContain('could not remember');
  });
});
