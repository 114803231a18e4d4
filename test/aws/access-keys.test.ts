import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  createAccessKey,
  deactivateAccessKey,
  deleteAccessKey,
  getLastUse,
  listAccessKeys,
} from '../../src/aws/access-keys.js';
import type { AwsContext } from '../../src/aws/aws-context.js';
import { isRefusedWith } from '../../src/aws/aws-errors.js';
import {
  createMfaDevice,
  deleteMfaDevice,
  enableMfaDevice,
  listMfaDevices,
} from '../../src/aws/mfa-devices.js';
import { getCallerIdentity, getSessionToken } from '../../src/aws/sts.js';
import { Secret, type Credentials } from '../../src/credentials.js';
import { totpCode } from '../../src/sandbox/totp.js';
import { contextOf } from '../support/context-of.js';
import { fakeHost } from '../support/fake-host.js';
import { startPractice, type Practice } from '../support/practice.js';
import { rejectionOf } from '../support/thrown-by.js';

let practice: Practice;
let context: AwsContext;
let keys: Credentials;
/** Jane's session with MFA, which her policies demand. */
let jane: Credentials;
beforeEach(async () => {
  practice = await startPractice();
  onTestFinished(() => practice.close());
  context = contextOf(practice.aws.url, fakeHost({ sleepsPass: true }));
  const { id, secret } = practice.key('jane.doe');
  const secretAccessKey = new Secret(secret);
  keys = { accessKeyId: id, secretAccessKey, sessionToken: null, expiration: null };
  const mfa = { serial: practice.serial('jane.doe'), code: practice.code('jane.doe') };
  jane = await getSessionToken(context, keys, 900, mfa);
  practice.received();
});

describe('access keys', () => {
  it('are made, used, listed, deactivated and deleted', async () => {
    const made = await createAccessKey(context, jane);
    const { accessKeyId } = made.credentials;
    expect(await getLastUse(context, jane, accessKeyId)).toBeNull();
    const { arn } = await getCallerIdentity(context, made.credentials);
    expect(arn).toBe('arn:aws:iam::111111111111:user/jane.doe');
    expect(await getLastUse(context, jane, accessKeyId)).toMatchObject({ service: 'sts' });
    await deactivateAccessKey(context, jane, accessKeyId);
    expect(await listAccessKeys(context, jane)).toMatchObject([
      { accessKeyId: keys.accessKeyId, isActive: true },
      { accessKeyId, isActive: false, createdAt: made.createdAt },
    ]);
    await deleteAccessKey(context, jane, accessKeyId);
    expect(await listAccessKeys(context, jane)).toHaveLength(1);
  });

  it('are not made twice when the answer is lost', async () => {
    practice.aws.faults.push({ kind: 'disconnected', action: 'CreateAccessKey', times: 1 });
    const error = await rejectionOf(createAccessKey(context, jane));
    expect(error.code).toBe('AWS_UNREACHABLE');
    expect(practice.received()).toEqual(['CreateAccessKey']);
  });

  it('are not made without MFA where a policy demands it', async () => {
    const error = await rejectionOf(createAccessKey(context, keys));
    expect([error.code, isRefusedWith(error, 'AccessDenied')]).toEqual(['AWS_REFUSED', true]);
  });
});

describe('virtual MFA devices', () => {
  it('are made, enabled with two codes, and listed', async () => {
    const { serial, seed } = await createMfaDevice(context, keys, 'phone');
    expect([serial, String(seed)]).toEqual(['arn:aws:iam::111111111111:mfa/phone', '[secret]']);
    const now = Date.now();
    const codes = [-30_000, 0].map((at) => totpCode(seed.reveal(), new Date(now + at)));
    const [first = '', second = ''] = codes;
    const wrong = await rejectionOf(
      enableMfaDevice(context, keys, 'jane.doe', serial, [second, first]),
    );
    expect(isRefusedWith(wrong, 'InvalidAuthenticationCode')).toBe(true);
    await enableMfaDevice(context, keys, 'jane.doe', serial, [first, second]);
    const listed = await listMfaDevices(context, keys);
    expect(listed.map((device) => device.serial)).toContain(serial);
  });

  it('are deleted while nobody has them', async () => {
    const { serial } = await createMfaDevice(context, jane, 'phone');
    await deleteMfaDevice(context, jane, serial);
    expect(practice.aws.world.accounts[0]?.unassignedDevices).toEqual([]);
  });

  it('take a name that is free', async () => {
    const error = await rejectionOf(createMfaDevice(context, keys, 'jane.doe'));
    expect(isRefusedWith(error, 'EntityAlreadyExists')).toBe(true);
  });
});
