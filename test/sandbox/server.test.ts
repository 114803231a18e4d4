import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.js';
import type { FaultKind } from '../../src/sandbox/faults.js';
import { totpCode } from '../../src/sandbox/totp.js';
import { callAws, keysOf, outcomeOf } from './aws-call.js';
import {
  ALICE_KEY,
  ALICE_SERIAL,
  AWAY,
  HOME,
  inline,
  makeRole,
  makeWorld,
  NOON,
  SEED,
  trust,
} from './small-world.js';
import { start } from './start-sandbox.js';

const ROLE = `arn:aws:iam::${AWAY}:role/studio`;
const CODE = { SerialNumber: ALICE_SERIAL, TokenCode: totpCode(SEED, NOON) };

test('each request is recorded with who signed it and what became of it', async () => {
  const { url, requests } = await start(makeWorld({}));
  const parameters = { RoleArn: ROLE, RoleSessionName: 'alice' };
  await callAws(url, 'AssumeRole', parameters, { region: 'eu-west-1' });
  await callAws(
    url,
    'ListMFADevices',
    {},
    { service: 'iam', keys: { accessKeyId: 'AKIAI44QH8DHBEXAMPLE', secret: 'x' } },
  );
  await callAws(
    url,
    'GetCallerIdentity',
    {},
    { tamper: ({ headers }) => delete headers['authorization'] },
  );
  expect(requests).toEqual([
    {
      service: 'sts',
      action: 'AssumeRole',
      parameters: { Action: 'AssumeRole', Version: '2011-06-15', ...parameters },
      signedBy: ALICE_KEY.id,
      principalArn: `arn:aws:iam::${HOME}:user/alice`,
      region: 'eu-west-1',
      userAgent: 'test/1.0',
      at: NOON,
      outcome: { status: 403, code: 'AccessDenied' },
    },
    expect.objectContaining({
      service: 'iam',
      signedBy: 'AKIAI44QH8DHBEXAMPLE',
      principalArn: null,
      outcome: { status: 403, code: 'InvalidClientTokenId' },
    }),
    expect.objectContaining({
      signedBy: '',
      region: '',
      outcome: { status: 403, code: 'MissingAuthenticationToken' },
    }),
  ]);
});

test('a role session is recorded by its own ARN', async () => {
  const { url, requests } = await start(makeWorld({ roles: [makeRole('studio', trust('*'))] }));
  const role = await callAws(url, 'AssumeRole', { RoleArn: ROLE, RoleSessionName: 'alice' });
  await callAws(url, 'GetCallerIdentity', {}, { keys: keysOf(role) });
  expect(requests.at(-1)?.principalArn).toBe(`arn:aws:sts::${AWAY}:assumed-role/studio/alice`);
});

test('errors and answers look as AWS writes them', async () => {
  const { url } = await start(makeWorld({}));
  const refused = await callAws(url, 'AssumeRole', { RoleArn: '<&"role>' });
  const id = refused.headers['x-amzn-requestid'];
  expect(refused.headers['content-type']).toBe('text/xml');
  expect(refused.text.replace(/\n/g, '')).toBe(
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>2 validation errors detected: Value &#39;&#60;&#38;&#34;role&#62;&#39; at &#39;roleArn&#39; failed to satisfy constraint: Member must have length greater than or equal to 20; Value null at &#39;roleSessionName&#39; failed to satisfy constraint: Member must not be null</Message></Error><RequestId>${String(id)}</RequestId></ErrorResponse>`,
  );
  const answer = await callAws(url, 'GetCallerIdentity');
  expect(answer.text.replace(/\n/g, '')).toBe(
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${HOME}:user/alice</Arn><UserId>AIDAALICEEXAMPLE</UserId><Account>${HOME}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>${String(answer.headers['x-amzn-requestid'])}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  );
});

test('a request is held until the hook lets it go, after it was recorded', async () => {
  const sandbox = await start(makeWorld({}));
  let letGo = (): void => undefined;
  const reached = new Promise<string>((resolve) => {
    sandbox.beforeAnswer = (request) => {
      resolve(request.action);
      return new Promise((release) => (letGo = release));
    };
  });
  let isAnswered = false;
  const answer = callAws(sandbox.url, 'GetCallerIdentity').then((one) => {
    isAnswered = true;
    return one;
  });
  expect(await reached).toBe('GetCallerIdentity');
  expect(sandbox.requests).toHaveLength(1);
  sandbox.beforeAnswer = null;
  expect(outcomeOf(await callAws(sandbox.url, 'GetCallerIdentity'))).toBe('200');
  expect(isAnswered).toBe(false);
  letGo();
  expect(outcomeOf(await answer)).toBe('200');
});

test('a hook that rejects drops the connection', async () => {
  const sandbox = await start(makeWorld({}));
  sandbox.beforeAnswer = () => Promise.reject(new Error('cut'));
  await expect(callAws(sandbox.url, 'GetCallerIdentity')).rejects.toMatchObject({
    code: 'ECONNRESET',
  });
});

test.each<[FaultKind, string, 'kept' | 'spent']>([
  ['throttled', '400 Throttling: Rate exceeded', 'kept'],
  ['unavailable', '503 ServiceUnavailable: Service is unable to handle request.', 'kept'],
  ['html', '503', 'kept'],
  ['truncated', '200', 'spent'],
  ['disconnected', 'no answer', 'spent'],
])('a %s request gets "%s", and its code is %s', async (kind, outcome, code) => {
  const sandbox = await start(makeWorld({}));
  sandbox.faults.push({ kind, action: 'GetSessionToken', times: 1 });
  const session = () =>
    callAws(sandbox.url, 'GetSessionToken', CODE).then(outcomeOf, () => 'no answer');
  expect(outcomeOf(await callAws(sandbox.url, 'GetCallerIdentity'))).toBe('200');
  expect(await session()).toBe(outcome);
  expect(await session()).toMatch(code === 'kept' ? /^200$/ : /^403 AccessDenied/);
});

test('what a truncated or HTML answer holds is no whole XML', async () => {
  const sandbox = await start(makeWorld({}));
  sandbox.faults.push({ kind: 'truncated', action: null, times: 1 });
  sandbox.faults.push({ kind: 'html', action: null, times: 1 });
  const truncated = await callAws(sandbox.url, 'GetCallerIdentity');
  expect(truncated.text).toMatch(/^<GetCallerIdentityResponse/);
  expect(truncated.text).not.toContain('</GetCallerIdentityResponse>');
  const html = await callAws(sandbox.url, 'GetCallerIdentity');
  expect(html.headers['content-type']).toBe('text/html');
  expect(html.text).toMatch(/^<html>/);
});

test('a request longer than any real one is cut off', async () => {
  const { url, requests } = await start(makeWorld({}));
  const long = callAws(url, 'AssumeRole', { Policy: 'x'.repeat(300 * 1024) });
  await expect(long).rejects.toMatchObject({
    code: expect.stringMatching(/ECONNRESET|EPIPE/) as string,
  });
  expect(requests).toEqual([]);
});

test.skipIf(process.platform !== 'linux')('it listens on one address only', async () => {
  const { url } = await start(makeWorld({}));
  const other = callAws(url.replace('127.0.0.1', '127.0.0.2'), 'GetCallerIdentity');
  await expect(other).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('it listens on loopback, and no more once closed', async () => {
  const sandbox = await startSandbox({ world: makeWorld({}), now: () => NOON });
  expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await sandbox.close();
  await expect(callAws(sandbox.url, 'GetCallerIdentity')).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});

test('a latency holds every answer back that long', async () => {
  const sandbox = await startSandbox({ world: makeWorld({}), now: () => NOON, latencyMs: 80 });
  const before = performance.now();
  await callAws(sandbox.url, 'GetCallerIdentity');
  await sandbox.close();
  expect(performance.now() - before).toBeGreaterThanOrEqual(75);
});

const BAD = { Version: '2012-10-17', Statement: { Effect: 'Alow' } };
test.each([
  [
    'a trust policy',
    makeWorld({ roles: [makeRole('studio', BAD)] }),
    `Could not read the trust policy of role studio of account ${AWAY}: Statement[0].Effect: "Alow"`,
  ],
  [
    "a role's policy",
    makeWorld({
      roles: [makeRole('studio', trust('*'), { policies: [{ name: 'paint', document: BAD }] })],
    }),
    `Could not read the policy paint of role studio of account ${AWAY}: Statement[0].Effect`,
  ],
  [
    "a user's policy",
    makeWorld({ alice: { policies: [inline('Allow', { Action: 'x', Resource: '*' })] } }),
    `Could not read the policy test of user alice of account ${HOME}: Statement[0].Action`,
  ],
  [
    'a managed policy',
    makeWorld({ changes: { managedPolicies: { 'arn:x': BAD } } }),
    'Could not read the managed policy arn:x: Statement[0].Effect',
  ],
  [
    'a managed policy that is missing',
    makeWorld({ alice: { policies: ['arn:y'] } }),
    'Could not read the managed policy arn:y: the document is missing',
  ],
  [
    'a seed',
    makeWorld({ alice: { mfaDevices: [{ serial: 'GAHT12345678', seed: '1', enabled: NOON }] } }),
    'The seed of MFA device GAHT12345678 is not Base32',
  ],
  [
    'an account',
    makeWorld({
      changes: { accounts: [{ id: '12', name: 'x', users: [], roles: [], unassignedDevices: [] }] },
    }),
    '"12" is not a twelve-digit account ID',
  ],
])('a world with %s that is wrong does not start', async (_, world, message) => {
  await expect(startSandbox({ world })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining(message) as string,
  });
});

test('a world that is spoiled while it runs is a failure of the service', async () => {
  const studio = makeRole('studio', trust('*'));
  const { url } = await start(makeWorld({ roles: [studio] }));
  studio.trustPolicy = BAD;
  const answer = await callAws(url, 'AssumeRole', { RoleArn: ROLE, RoleSessionName: 'alice' });
  expect(outcomeOf(answer)).toMatch(/^500 InternalFailure: Could not read the trust policy/);
  expect(answer.value('Type')).toBe('Receiver');
});
