import { expect, test } from 'vitest';
import { accountOfAccessKeyId } from '../../src/sandbox/access-key-id.js';
import { totpCode } from '../../src/sandbox/totp.js';
import { callAws, keysOf, outcomeOf, type CallAnswer, type Keys } from './aws-call.js';
import {
  ALICE_KEY,
  ALICE_SERIAL,
  HOME,
  inline,
  makeUser,
  makeWorld,
  NOON,
  SEED,
} from './small-world.js';
import { start, type TestSandbox } from './start-sandbox.js';

const OWN = inline('Allow', {
  Action: 'iam:*',
  Resource: `arn:aws:iam::*:user/\${aws:username}`,
});
const UNKNOWN = '403 InvalidClientTokenId: The security token included in the request is invalid.';

const startOwn = (changes = {}): Promise<TestSandbox> =>
  start(makeWorld({ alice: { policies: [OWN], accessKeys: [{ ...ALICE_KEY }] }, changes }));

const iam = (
  sandbox: TestSandbox,
  action: string,
  parameters: Record<string, string> = {},
  keys?: Keys,
): Promise<CallAnswer> =>
  callAws(sandbox.url, action, parameters, {
    service: 'iam',
    at: sandbox.now(),
    ...(keys && { keys }),
  });

async function create(sandbox: TestSandbox): Promise<Keys> {
  const made = await iam(sandbox, 'CreateAccessKey');
  const [accessKeyId, secret] = [made.value('AccessKeyId'), made.value('SecretAccessKey')];
  if (!accessKeyId || !secret) throw new Error(made.text);
  return { accessKeyId, secret };
}

const whoAmI = async (sandbox: TestSandbox, keys: Keys): Promise<string> =>
  outcomeOf(await callAws(sandbox.url, 'GetCallerIdentity', {}, { keys, at: sandbox.now() }));

test('a new key signs requests, names its account and is listed', async () => {
  const sandbox = await startOwn();
  const keys = await create(sandbox);
  expect(keys.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
  expect(accountOfAccessKeyId(keys.accessKeyId)).toBe(HOME);
  expect(await whoAmI(sandbox, keys)).toBe('200');
  const { text } = await iam(sandbox, 'ListAccessKeys');
  expect(text).toContain(keys.accessKeyId);
  expect(text).not.toContain(keys.secret);
});

test('a third key is refused, also where one of the two is inactive', async () => {
  const sandbox = await startOwn();
  const { accessKeyId: AccessKeyId } = await create(sandbox);
  await iam(sandbox, 'UpdateAccessKey', { AccessKeyId, Status: 'Inactive' });
  expect(outcomeOf(await iam(sandbox, 'CreateAccessKey'))).toBe(
    '409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2',
  );
});

test('an inactive key signs nothing until it is active again', async () => {
  const sandbox = await startOwn();
  const keys = await create(sandbox);
  const set = (Status: string): Promise<CallAnswer> =>
    iam(sandbox, 'UpdateAccessKey', { AccessKeyId: keys.accessKeyId, Status });
  await set('Inactive');
  expect(await whoAmI(sandbox, keys)).toBe(UNKNOWN);
  expect((await iam(sandbox, 'ListAccessKeys')).text).toContain('<Status>Inactive</Status>');
  await set('Active');
  expect(await whoAmI(sandbox, keys)).toBe('200');
});

test('a deleted key is gone', async () => {
  const sandbox = await startOwn();
  const keys = await create(sandbox);
  const parameters = { AccessKeyId: keys.accessKeyId };
  expect(outcomeOf(await iam(sandbox, 'DeleteAccessKey', parameters))).toBe('200');
  expect(await whoAmI(sandbox, keys)).toBe(UNKNOWN);
  expect(outcomeOf(await iam(sandbox, 'DeleteAccessKey', parameters))).toBe(
    `404 NoSuchEntity: The Access Key with id ${keys.accessKeyId} cannot be found.`,
  );
});

test('a new key is unknown for as long and as often as the world says', async () => {
  const sandbox = await startOwn({ newKeyDelay: { seconds: 10, requests: 2 } });
  const keys = await create(sandbox);
  expect(await whoAmI(sandbox, keys)).toBe(UNKNOWN);
  sandbox.pass(11);
  expect(await whoAmI(sandbox, keys)).toBe(UNKNOWN);
  expect(await whoAmI(sandbox, keys)).toBe('200');
});

test('the last use of a key is told: when, where and for what', async () => {
  const sandbox = await startOwn();
  const keys = await create(sandbox);
  const ask = (): Promise<CallAnswer> =>
    iam(sandbox, 'GetAccessKeyLastUsed', { AccessKeyId: keys.accessKeyId });
  const never = await ask();
  expect([never.value('LastUsedDate'), never.value('ServiceName')]).toEqual([null, 'N/A']);
  sandbox.pass(60);
  const region = 'eu-west-1';
  await callAws(sandbox.url, 'GetCallerIdentity', {}, { keys, region, at: sandbox.now() });
  sandbox.pass(60);
  const used = await ask();
  expect(
    ['UserName', 'LastUsedDate', 'ServiceName', 'Region'].map((name) => used.value(name)),
  ).toEqual(['alice', '2026-03-01T12:01:00Z', 'sts', 'eu-west-1']);
});

test('a use is not told before its time', async () => {
  const sandbox = await startOwn({ lastUseDelaySeconds: 3600 });
  const keys = await create(sandbox);
  expect(await whoAmI(sandbox, keys)).toBe('200');
  const told = async (): Promise<string | null> => {
    const parameters = { AccessKeyId: keys.accessKeyId };
    return (await iam(sandbox, 'GetAccessKeyLastUsed', parameters)).value('LastUsedDate');
  };
  expect(await told()).toBeNull();
  sandbox.pass(3600);
  expect(await told()).toBe('2026-03-01T12:00:00Z');
});

test("another user's key is out of reach, and so is one that nobody has", async () => {
  const sandbox = await startOwn();
  const id = 'AKIABOBBOBBOBBOBEXAM';
  const accessKeys = [{ ...ALICE_KEY, id }];
  sandbox.world.accounts[0]?.users.push(makeUser('bob', { accessKeys }));
  const ask = (AccessKeyId: string): Promise<CallAnswer> =>
    iam(sandbox, 'GetAccessKeyLastUsed', { AccessKeyId });
  expect((await ask(id)).status).toBe(403);
  expect(outcomeOf(await ask('AKIANOBODYNOBODYEXAM'))).toBe(
    `403 AccessDenied: User: arn:aws:iam::${HOME}:user/alice is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key AKIANOBODYNOBODYEXAM`,
  );
  expect((await iam(sandbox, 'CreateAccessKey', { UserName: 'bob' })).status).toBe(403);
});

test('a policy may demand MFA for it', async () => {
  const careful = inline('Allow', {
    Action: 'iam:*',
    Resource: '*',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  });
  const sandbox = await start(
    makeWorld({ alice: { policies: [careful], accessKeys: [{ ...ALICE_KEY }] } }),
  );
  expect((await iam(sandbox, 'CreateAccessKey')).status).toBe(403);
  const code = { SerialNumber: ALICE_SERIAL, TokenCode: totpCode(SEED, NOON) };
  const session = keysOf(await callAws(sandbox.url, 'GetSessionToken', code));
  expect((await iam(sandbox, 'CreateAccessKey', {}, session)).status).toBe(200);
});

test.each([
  [{ Status: 'Inactive' }, "Value null at 'accessKeyId'"],
  [{ AccessKeyId: ALICE_KEY.id, Status: 'Gone' }, "Value 'Gone' at 'status'"],
])('%j is a ValidationError', async (parameters, problem) => {
  const outcome = outcomeOf(await iam(await startOwn(), 'UpdateAccessKey', parameters));
  expect(outcome).toContain('400 ValidationError: 1 validation error detected: ');
  expect(outcome).toContain(problem);
});
