import { describe, expect, it } from 'vitest';
import { lastRequest, printed, usePractice, withCode } from '../support/use-practice.js';

const FIDO = 'arn:aws:iam::111111111111:u2f/user/jane.doe/key-ABC';
const REQUIRED = '[settings]\nmfa = required\n';
const DEV = ['credential-process', 'dev'];

/** jane.doe with these devices beside the one that shows codes, or in its place. */
async function useDevices(isAlone: boolean) {
  const practice = await usePractice();
  practice.write('.config/assume/assume.ini', REQUIRED);
  const { mfaDevices } = practice.user('jane.doe');
  const fido = { serial: FIDO, seed: null, enabled: new Date() };
  if (isAlone) mfaDevices.splice(0);
  mfaDevices.push(fido);
  return practice;
}

describe('a user with FIDO keys', () => {
  it('alone is told that STS takes none, before a code is asked', async () => {
    const practice = await useDevices(true);
    const ended = await practice.run([...DEV, '--quiet'], { env: { ASSUME_MFA_CODE: '123456' } });
    expect(ended).toEqual({
      status: 5,
      signal: null,
      stdout: '',
      stderr:
        'assume: the user of identity base has only FIDO keys, which STS cannot use\n  register a TOTP device beside them in the IAM console\n',
    });
    expect(practice.received()).toEqual(['ListMFADevices']);
  });

  it('beside a device that shows codes uses that one', async () => {
    const practice = await useDevices(false);
    printed(await practice.run(DEV, withCode(practice)));
    expect(practice.received()).toEqual(['ListMFADevices', 'GetSessionToken', 'AssumeRole']);
    expect(lastRequest(practice, 'GetSessionToken').parameters['SerialNumber']).toBe(
      practice.serial('jane.doe'),
    );
  });
});

describe('an mfa_serial of a profile', () => {
  it.each([
    ['of a FIDO key', FIDO, /cannot be used with STS; register a TOTP device too/],
    [
      'of the user',
      'arn:aws:iam::111111111111:user/jane.doe',
      /names the user, not the device; a virtual device reads arn:aws:iam::111111111111:mfa\/jane\.doe/,
    ],
  ])('%s is refused where it stands', async (_what, serial, hint) => {
    const practice = await usePractice();
    practice.write(
      '.aws/config',
      `[profile dev]\nrole_arn = arn:aws:iam::222222222222:role/dev-role\nsource_profile = base\nmfa_serial = ${serial}\n`,
    );
    const ended = await practice.run(DEV, withCode(practice));
    expect(ended).toMatchObject({ status: 3, stdout: '' });
    expect(ended.stderr).toContain(
      `${practice.home.path}/.aws/config:4:14: mfa_serial of profile dev cannot be used\n`,
    );
    expect(ended.stderr).toMatch(hint);
    expect(practice.received()).toEqual([]);
  });
});
