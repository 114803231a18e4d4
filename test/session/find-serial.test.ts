import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Options } from '../../src/argv.js';
import { Secret } from '../../src/credentials.js';
import { findSerial } from '../../src/session/find-serial.js';
import { contextOf } from '../support/context-of.js';
import { fakeHost, type FakeHostOptions } from '../support/fake-host.js';
import { startPractice, type Practice } from '../support/practice.js';
import { rejectionOf } from '../support/thrown-by.js';

const TOTP = 'arn:aws:iam::111111111111:mfa/jane.doe';
const HARDWARE = 'GAHT12345678';
const FIDO = 'arn:aws:iam::111111111111:u2f/user/jane.doe/key-ABC';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice.close());

interface Case extends FakeHostOptions {
  readonly devices: readonly string[];
  readonly mayList?: boolean;
  readonly options?: Options;
}

async function find({ devices, mayList = true, options = {}, ...machine }: Case): Promise<string> {
  const user = practice.user('jane.doe');
  const { policies } = user;
  user.mfaDevices = devices.map((serial) => ({ serial, seed: null, enabled: new Date() }));
  if (!mayList) user.policies = [];
  const { id, secret } = practice.key('jane.doe');
  const keys = {
    accessKeyId: id,
    secretAccessKey: new Secret(secret),
    sessionToken: null,
    expiration: null,
  };
  try {
    const host = fakeHost({ sleepsPass: true, ...machine });
    return await findSerial(contextOf(practice.aws.url, host), keys, options, 'shared');
  } finally {
    user.policies = policies;
  }
}

describe('the MFA device', () => {
  it.each<[string, Case, string]>([
    ['the only one', { devices: [TOTP] }, TOTP],
    ['the only one beside FIDO keys', { devices: [FIDO, HARDWARE, FIDO] }, HARDWARE],
    ['the one that is picked', { devices: [TOTP, HARDWARE, FIDO], answers: [HARDWARE] }, HARDWARE],
    [
      'the one that is typed, where AWS does not list them',
      { devices: [TOTP], mayList: false, answers: [` ${TOTP} `] },
      TOTP,
    ],
  ])('is %s', async (_, row, serial) => {
    expect(await find(row)).toBe(serial);
  });

  it.each<[string, Case, string, string]>([
    ['there is none', { devices: [] }, 'identity shared has no MFA device', 'register'],
    ['there are FIDO keys alone', { devices: [FIDO] }, 'identity shared has only FIDO', 'beside'],
    ['there are several and nobody to ask', { devices: [TOTP, HARDWARE] }, HARDWARE, 'mfa_serial'],
    [
      'there are several and --no-input',
      { devices: [TOTP, HARDWARE], answers: [], options: { 'no-input': true } },
      TOTP,
      '',
    ],
    [
      'AWS does not list them and nobody is there',
      { devices: [TOTP], mayList: false },
      'identity shared is not known',
      'mfa_serial =',
    ],
    [
      'what is typed is none',
      { devices: [], mayList: false, answers: ['nonsense!'] },
      'nonsense!',
      '',
    ],
    [
      'what is typed is a FIDO key',
      { devices: [], mayList: false, answers: [FIDO] },
      'no MFA device',
      '',
    ],
  ])('is not to be had: %s', async (_, row, message, hint) => {
    const error = await rejectionOf(find(row));
    expect(error.code).toBe('MFA_NEEDED');
    expect(error.message).toContain(message);
    expect(error.hint ?? '').toContain(hint);
  });
});
