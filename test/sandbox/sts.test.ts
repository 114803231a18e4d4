import { expect, test } from 'vitest';
import { accountOfAccessKeyId } from '../../src/sandbox/access-key-id.js';
import { callAws, keysOf, outcomeOf, type Keys } from './aws-call.js';
import { ASSUME_ANYTHING, AWAY, HOME, inline, makeRole, makeWorld, trust } from './small-world.js';
import { start, type TestSandbox } from './start-sandbox.js';

const INVALID = '403 InvalidClientTokenId: The security token included in the request is invalid.';
const open = makeRole('open', trust('*'), { policies: [ASSUME_ANYTHING] });

/** Keys of each kind of caller. */
async function callers({ url }: TestSandbox): Promise<Record<'session' | 'role', Keys>> {
  const RoleArn = `arn:aws:iam::${AWAY}:role/open`;
  return {
    session: keysOf(await callAws(url, 'GetSessionToken')),
    role: keysOf(await callAws(url, 'AssumeRole', { RoleArn, RoleSessionName: 'alice' })),
  };
}

test('GetCallerIdentity answers even under an explicit deny, also for a session', async () => {
  const denyAll = inline('Deny', { Action: '*', Resource: '*' });
  const { url } = await start(makeWorld({ alice: { policies: [denyAll], path: '/ops/' } }));
  const session = keysOf(await callAws(url, 'GetSessionToken'));
  for (const options of [{}, { keys: session }]) {
    const answer = await callAws(url, 'GetCallerIdentity', {}, options);
    expect(answer.value('Arn')).toBe(`arn:aws:iam::${HOME}:user/ops/alice`);
    expect(answer.value('UserId')).toBe('AIDAALICEEXAMPLE');
    expect(answer.value('Account')).toBe(HOME);
  }
});

test('GetSessionToken lasts twelve hours unless told, and its key names the account', async () => {
  const { url } = await start(makeWorld({}));
  const answer = await callAws(url, 'GetSessionToken');
  expect(answer.value('Expiration')).toBe('2026-03-02T00:00:00Z');
  expect(accountOfAccessKeyId(keysOf(answer).accessKeyId)).toBe(HOME);
  const longest = await callAws(url, 'GetSessionToken', { DurationSeconds: '129600' });
  expect(longest.value('Expiration')).toBe('2026-03-03T00:00:00Z');
});

test.each([
  [
    '899',
    "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  ],
  [
    '129601',
    "Value '129601' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 129600",
  ],
])('GetSessionToken for %s s is a ValidationError', async (DurationSeconds, message) => {
  const { url } = await start(makeWorld({}));
  expect(outcomeOf(await callAws(url, 'GetSessionToken', { DurationSeconds }))).toBe(
    `400 ValidationError: 1 validation error detected: ${message}`,
  );
});

test.each([
  [
    'session',
    'GetSessionToken',
    '403 AccessDenied: Cannot call GetSessionToken with session credentials',
  ],
  [
    'role',
    'GetSessionToken',
    '403 AccessDenied: Cannot call GetSessionToken with session credentials',
  ],
  [
    'session',
    'GetFederationToken',
    '403 AccessDenied: Cannot call GetFederationToken with session credentials',
  ],
  [
    'role',
    'GetFederationToken',
    '403 AccessDenied: Cannot call GetFederationToken with session credentials',
  ],
  ['session', 'AssumeRoot', INVALID],
  ['role', 'AssumeRoot', '501 NotImplemented: The sandbox does not offer AssumeRoot'],
] as const)('with %s credentials %s is refused', async (kind, action, outcome) => {
  const sandbox = await start(makeWorld({ roles: [open] }));
  const keys = (await callers(sandbox))[kind];
  expect(outcomeOf(await callAws(sandbox.url, action, {}, { keys }))).toBe(outcome);
});

test.each([
  [
    'is allowed',
    ASSUME_ANYTHING,
    '501 NotImplemented: The sandbox does not offer GetFederationToken',
  ],
  [
    'is not allowed',
    inline('Allow', { Action: 'iam:*', Resource: '*' }),
    `403 AccessDenied: User: arn:aws:iam::${HOME}:user/alice is not authorized to perform: sts:GetFederationToken on resource: * because no identity-based policy allows the sts:GetFederationToken action`,
  ],
])('who %s GetFederationToken hears so', async (_, policy, outcome) => {
  const { url } = await start(makeWorld({ alice: { policies: [policy] } }));
  expect(outcomeOf(await callAws(url, 'GetFederationToken', { Name: 'alice' }))).toBe(outcome);
});

test.each([
  [
    'an action that AWS has not',
    'AssumeRoll',
    {},
    '400 InvalidAction: Could not find operation AssumeRoll for version 2011-06-15',
  ],
  [
    'an action of another service',
    'GetUser',
    {},
    '400 InvalidAction: Could not find operation GetUser for version 2011-06-15',
  ],
  [
    'a version that AWS has not',
    'AssumeRole',
    { version: '2020-01-01' },
    '400 InvalidAction: Could not find operation AssumeRole for version 2020-01-01',
  ],
  [
    'another path than /',
    'AssumeRole',
    { path: '/console' },
    '400 MissingAction: The sandbox takes an Action by POST to / only.',
  ],
  ['no action', '', {}, '400 MissingAction: The sandbox takes an Action by POST to / only.'],
])('%s is refused', async (_, action, options, outcome) => {
  const { url } = await start(makeWorld({}));
  expect(outcomeOf(await callAws(url, action, {}, options))).toBe(outcome);
});
