import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsContext } from '../../src/aws/aws-context.js';
import { listMfaDevices } from '../../src/aws/mfa-devices.js';
import { askServerTime } from '../../src/aws/server-time.js';
import {
  assumeRole,
  getCallerIdentity,
  getSessionToken,
  type RoleRequest,
} from '../../src/aws/sts.js';
import { Secret, type Credentials } from '../../src/credentials.js';
import type { RecordedRequest } from '../../src/sandbox/recorded-request.js';
import { contextOf } from '../support/context-of.js';
import { fakeHost } from '../support/fake-host.js';
import { startPractice, type Practice } from '../support/practice.js';
import { rejectionOf } from '../support/thrown-by.js';

let practice: Practice;
let context: AwsContext;
beforeAll(async () => {
  practice = await startPractice();
  context = contextOf(practice.aws.url, fakeHost({ sleepsPass: true }), 'eu-west-1');
});
afterAll(() => practice.close());

const keysOf = (name: string): Credentials => {
  const { id, secret } = practice.key(name);
  const secretAccessKey = new Secret(secret);
  return { accessKeyId: id, secretAccessKey, sessionToken: null, expiration: null };
};
const lastRequest = (): RecordedRequest => {
  const request = practice.aws.requests.at(-1);
  if (!request) throw new Error('AWS received nothing');
  return request;
};

const PLAIN: RoleRequest = {
  roleArn: 'arn:aws:iam::222222222222:role/dev-role',
  sessionName: 'jane.doe',
  durationSeconds: 900,
  externalId: null,
  sourceIdentity: null,
  tags: {},
  transitiveTagKeys: [],
  policy: null,
  policyArns: [],
  mfa: null,
};

describe('assumeRole', () => {
  const BARE = {
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: PLAIN.roleArn,
    RoleSessionName: 'jane.doe',
    DurationSeconds: '900',
  };

  it.each<[Partial<RoleRequest>, Record<string, string>]>([
    [{}, {}],
    [{ externalId: 'e1' }, { ExternalId: 'e1' }],
    [{ sourceIdentity: 'si' }, { SourceIdentity: 'si' }],
    [
      { policy: '{"Version":"2012-10-17","Statement":[]}' },
      { Policy: '{"Version":"2012-10-17","Statement":[]}' },
    ],
    [
      { policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
      { 'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ],
    [
      { tags: { k: 'v w' }, transitiveTagKeys: ['k'] },
      { 'Tags.member.1.Key': 'k', 'Tags.member.1.Value': 'v w', 'TransitiveTagKeys.member.1': 'k' },
    ],
  ])('sends %j and nothing else', async (changes, parameters) => {
    await assumeRole(context, keysOf('jane.doe'), { ...PLAIN, ...changes }).catch(() => undefined);
    expect(lastRequest().parameters).toEqual({ ...BARE, ...parameters });
    expect(lastRequest()).toMatchObject({
      region: 'eu-west-1',
      signedBy: practice.key('jane.doe').id,
    });
    expect(lastRequest().userAgent).toContain('assume-cli');
  });

  it('gives temporary credentials and whom they speak for', async () => {
    const { credentials, assumedRoleArn } = await assumeRole(context, keysOf('jane.doe'), PLAIN);
    expect(assumedRoleArn).toBe('arn:aws:sts::222222222222:assumed-role/dev-role/jane.doe');
    expect(credentials.accessKeyId).toMatch(/^ASIA/);
    const caller = await getCallerIdentity(context, credentials);
    expect(caller).toEqual({ accountId: '222222222222', arn: assumedRoleArn });
  });

  it('sends a code with its device', async () => {
    const mfa = { serial: practice.serial('jane.doe'), code: practice.freshCode('jane.doe') };
    await assumeRole(context, keysOf('jane.doe'), { ...PLAIN, mfa });
    expect(lastRequest().parameters).toEqual({
      ...BARE,
      SerialNumber: mfa.serial,
      TokenCode: mfa.code,
    });
  });
});

describe('getSessionToken', () => {
  it('sends a duration, and a device and a code only when there is one', async () => {
    const mfa = { serial: practice.serial('jane.doe'), code: practice.freshCode('jane.doe') };
    await getSessionToken(context, keysOf('jane.doe'), 3600, null);
    const bare = { Action: 'GetSessionToken', Version: '2011-06-15', DurationSeconds: '3600' };
    expect(lastRequest().parameters).toEqual(bare);
    await getSessionToken(context, keysOf('jane.doe'), 3600, mfa);
    expect(lastRequest().parameters).toEqual({
      ...bare,
      SerialNumber: mfa.serial,
      TokenCode: mfa.code,
    });
  });
});

describe('trouble', () => {
  const received = async (work: Promise<unknown>): Promise<[string | null, string[]]> => {
    practice.received();
    const error = await work.then(
      () => null,
      (thrown: unknown) => rejectionOf(Promise.reject(thrown as Error)),
    );
    return [error?.code ?? null, practice.received()];
  };
  const role = () => assumeRole(context, keysOf('jane.doe'), PLAIN);
  const session = () =>
    getSessionToken(context, keysOf('jane.doe'), 3600, {
      serial: practice.serial('jane.doe'),
      code: practice.freshCode('jane.doe'),
    });

  it.each<
    [
      string,
      'throttled' | 'unavailable' | 'html' | 'truncated' | 'disconnected',
      number,
      () => Promise<unknown>,
      string | null,
      number,
    ]
  >([
    ['throttled twice, then answered', 'throttled', 2, role, null, 3],
    ['throttled on and on', 'throttled', 9, role, 'AWS_UNREACHABLE', 3],
    ['unavailable twice, then answered', 'unavailable', 2, role, null, 3],
    ['a page in place of the answer', 'html', 9, role, 'AWS_UNREACHABLE', 0],
    ['half an answer', 'truncated', 9, role, 'AWS_UNREACHABLE', 0],
    ['throttled with a code, which AWS did not read', 'throttled', 1, session, null, 2],
    ['throttled with a code, on and on', 'throttled', 9, session, 'AWS_UNREACHABLE', 3],
    ['unavailable with a code: once', 'unavailable', 9, session, 'AWS_UNREACHABLE', 1],
    ['a lost answer to a code: once', 'disconnected', 9, session, 'AWS_UNREACHABLE', 1],
    ['half an answer to a code: once', 'truncated', 9, session, 'AWS_UNREACHABLE', 1],
  ])('%s', async (_, kind, times, call, code, count) => {
    practice.aws.faults.push({ kind, action: null, times });
    try {
      const [outcome, actions] = await received(call());
      expect(outcome).toBe(code);
      if (count > 0) expect(actions).toHaveLength(count);
      else expect(actions.length).toBeLessThanOrEqual(3);
    } finally {
      practice.aws.faults.length = 0;
    }
  });

  it('says who refused', async () => {
    const john = await rejectionOf(
      assumeRole(context, keysOf('john.doe'), {
        ...PLAIN,
        roleArn: 'arn:aws:iam::444444444444:role/prod-role',
      }),
    );
    expect(john.code).toBe('AWS_REFUSED');
    const stranger = { ...keysOf('jane.doe'), accessKeyId: 'AKIAIOSFODNN7EXAMPLE' };
    expect((await rejectionOf(getCallerIdentity(context, stranger))).code).toBe('IDENTITY_INVALID');
  });

  it('of no server at all is told within its time', async () => {
    const nowhere = { ...context, endpoint: 'http://127.0.0.1:1' };
    const error = await rejectionOf(getCallerIdentity(nowhere, keysOf('jane.doe')));
    expect(error.code).toBe('AWS_UNREACHABLE');
  });
});

describe('what else is asked', () => {
  it('devices, page by page', async () => {
    const { pageSize } = practice.aws.world;
    const user = practice.user('jane.doe');
    const own = [...user.mfaDevices];
    practice.aws.world.pageSize = 1;
    user.mfaDevices.push({ serial: 'GAHT12345678', seed: null, enabled: new Date() });
    try {
      const listed = await listMfaDevices(context, keysOf('jane.doe'));
      expect(listed.map(({ serial }) => serial)).toEqual([
        practice.serial('jane.doe'),
        'GAHT12345678',
      ]);
    } finally {
      practice.aws.world.pageSize = pageSize;
      user.mfaDevices = own;
    }
  });

  it('the time, without keys of anyone', async () => {
    practice.received();
    const time = await askServerTime(context);
    expect(Math.abs(time.getTime() - Date.now())).toBeLessThan(20 * 60_000);
    expect(practice.aws.requests.at(-1)?.signedBy).toBe('AKIAIOSFODNN7EXAMPLE');
    const error = await rejectionOf(askServerTime({ ...context, endpoint: 'http://127.0.0.1:1' }));
    expect(error.code).toBe('AWS_UNREACHABLE');
  });
});
