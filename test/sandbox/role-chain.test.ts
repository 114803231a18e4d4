import { expect, test } from 'vitest';
import { callAws, keysOf, outcomeOf, type CallAnswer, type Keys } from './aws-call.js';
import { ASSUME_ANYTHING, AWAY, makeRole, makeWorld, policy, trust } from './small-world.js';
import { start, type TestSandbox } from './start-sandbox.js';

const arn = (name: string): string => `arn:aws:iam::${AWAY}:role/${name}`;
const first = makeRole('first', trust('*'), { policies: [ASSUME_ANYTHING] });
const SESSION = `arn:aws:sts::${AWAY}:assumed-role/first/alice`;

function assume(
  { url }: TestSandbox,
  name: string,
  parameters: Record<string, string> = {},
  keys?: Keys,
): Promise<CallAnswer> {
  const all = { RoleArn: arn(name), RoleSessionName: 'alice', ...parameters };
  return callAws(url, 'AssumeRole', all, keys && { keys });
}

const refusal = (action: string, reason: string): string =>
  `403 AccessDenied: User: ${SESSION} is not authorized to perform: ${action} on resource: ${arn('second')}${reason}`;

test.each([
  ['the account', trust(AWAY), '200'],
  ['the role behind the session', trust(arn('first')), '200'],
  ['the session itself', trust(SESSION), '200'],
  [
    'another role',
    trust(arn('third')),
    refusal('sts:AssumeRole', ' because no role trust policy allows the sts:AssumeRole action'),
  ],
  [
    'a user, by a variable that roles lack',
    trust(AWAY, { StringLike: { 'sts:RoleSessionName': '${aws:username}' } }),
    refusal('sts:AssumeRole', ' because no role trust policy allows the sts:AssumeRole action'),
  ],
])('from a role session, a trust policy that names %s', async (_, trustPolicy, outcome) => {
  const sandbox = await start(makeWorld({ roles: [first, makeRole('second', trustPolicy)] }));
  const keys = keysOf(await assume(sandbox, 'first'));
  expect(outcomeOf(await assume(sandbox, 'second', {}, keys))).toBe(outcome);
});

const READ_ONLY = {
  Policy: JSON.stringify(policy({ Effect: 'Allow', Action: 'iam:Get*', Resource: '*' })),
};
const NO_ASSUME = {
  Policy: JSON.stringify(
    policy(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'sts:*', Resource: '*' },
    ),
  ),
};
const MANAGED = { 'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/Everything' };
test.each([
  [
    'one that does not speak of it',
    READ_ONLY,
    trust(arn('first')),
    refusal('sts:AssumeRole', ' because no session policy allows the sts:AssumeRole action'),
  ],
  [
    'one that denies it',
    NO_ASSUME,
    trust(arn('first')),
    refusal('sts:AssumeRole', ' with an explicit deny in a session policy'),
  ],
  ['a managed one that allows it', MANAGED, trust(AWAY), '200'],
  ['two, of which one allows it', { ...MANAGED, ...READ_ONLY }, trust(AWAY), '200'],
  ['a silent one, but the trust names the session', READ_ONLY, trust(SESSION), '200'],
])(
  'a session policy restricts what the session may assume: %s',
  async (_, parameters, trustPolicy, outcome) => {
    const world = makeWorld({ roles: [first, makeRole('second', trustPolicy)] });
    world.managedPolicies['arn:aws:iam::aws:policy/Everything'] = policy({
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
    });
    const sandbox = await start(world);
    const answer = await assume(sandbox, 'first', parameters);
    expect(Number(answer.value('PackedPolicySize'))).toBeGreaterThan(0);
    expect(outcomeOf(await assume(sandbox, 'second', {}, keysOf(answer)))).toBe(outcome);
  },
);

test('a source identity stays for the whole chain and cannot change', async () => {
  const trustPolicy = trust('*', { StringEquals: { 'aws:SourceIdentity': 'alice' } });
  const sandbox = await start(makeWorld({ roles: [first, makeRole('second', trustPolicy)] }));
  const keys = keysOf(await assume(sandbox, 'first', { SourceIdentity: 'alice' }));
  const inherited = await assume(sandbox, 'second', {}, keys);
  expect(inherited.value('SourceIdentity')).toBe('alice');
  const changed = await assume(sandbox, 'second', { SourceIdentity: 'bob' }, keys);
  expect(outcomeOf(changed)).toBe(refusal('sts:SetSourceIdentity', ''));
  const unset = keysOf(await assume(sandbox, 'first'));
  expect((await assume(sandbox, 'second', {}, unset)).status).toBe(403);
});

const TAGS = {
  'Tags.member.1.Key': 'Team',
  'Tags.member.1.Value': 'ops',
  'Tags.member.2.Key': 'ticket',
  'Tags.member.2.Value': 'T-1',
  'TransitiveTagKeys.member.1': 'team',
};

test('transitive tags go down the chain, others stop after one role', async () => {
  const wants = (tag: string, value: string) =>
    trust('*', { StringEquals: { [`aws:PrincipalTag/${tag}`]: value } });
  const second = makeRole('second', wants('ticket', 'T-1'), { policies: [ASSUME_ANYTHING] });
  const roles = [
    first,
    second,
    makeRole('byteam', wants('team', 'ops')),
    makeRole('byticket', wants('ticket', 'T-1')),
  ];
  const sandbox = await start(makeWorld({ roles }));
  const keys = keysOf(await assume(sandbox, 'first', TAGS));
  expect((await assume(sandbox, 'byteam', {}, keys)).status).toBe(200);
  const next = keysOf(await assume(sandbox, 'second', {}, keys));
  expect((await assume(sandbox, 'byteam', {}, next)).status).toBe(200);
  expect((await assume(sandbox, 'byticket', {}, next)).status).toBe(403);
  const last = keysOf(await assume(sandbox, 'first', {}, next));
  expect((await assume(sandbox, 'byteam', {}, last)).status).toBe(200);
});

test('an inherited tag cannot be given again', async () => {
  const sandbox = await start(makeWorld({ roles: [first, makeRole('second', trust('*'))] }));
  const keys = keysOf(await assume(sandbox, 'first', TAGS));
  const again = { 'Tags.member.1.Key': 'TEAM', 'Tags.member.1.Value': 'dev' };
  expect(outcomeOf(await assume(sandbox, 'second', again, keys))).toBe(
    "400 InvalidParameterValue: One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
  );
});

test.each([
  ['the request tag wanted', { StringEquals: { 'aws:RequestTag/team': 'ops' } }, 200],
  ['another request tag', { StringEquals: { 'aws:RequestTag/team': 'dev' } }, 403],
  ['tag keys allowed', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team', 'ticket'] } }, 200],
  ['a tag key not allowed', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] } }, 403],
  ['its transitive key', { 'ForAnyValue:StringEquals': { 'sts:TransitiveTagKeys': 'Team' } }, 200],
  ['another transitive key', { 'ForAnyValue:StringEquals': { 'sts:TransitiveTagKeys': 'x' } }, 403],
  ['its duration', { NumericLessThanEquals: { 'sts:DurationSeconds': '3600' } }, 200],
  ['a shorter duration', { NumericLessThan: { 'sts:DurationSeconds': '3600' } }, 403],
])('a trust policy on %s: %s', async (_, condition, status) => {
  const sandbox = await start(makeWorld({ roles: [makeRole('first', trust('*', condition))] }));
  expect((await assume(sandbox, 'first', TAGS)).status).toBe(status);
});
