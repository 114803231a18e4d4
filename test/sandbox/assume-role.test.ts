import { expect, test } from 'vitest';
import { callAws, keysOf, outcomeOf, type CallAnswer, type Keys } from './aws-call.js';
import {
  ASSUME_ANYTHING,
  AWAY,
  HOME,
  inline,
  makeRole,
  makeWorld,
  policy,
  trust,
} from './small-world.js';
import { start, type TestSandbox } from './start-sandbox.js';

const ALICE_ARN = `arn:aws:iam::${HOME}:user/alice`;
const ROOT = `arn:aws:iam::${HOME}:root`;
const ROLE = `arn:aws:iam::${AWAY}:role/studio`;
const denied = (action: string, reason: string, who = ALICE_ARN, role = ROLE): string =>
  `403 AccessDenied: User: ${who} is not authorized to perform: ${action} on resource: ${role}${reason}`;
const noTrust = (action: string): string =>
  ` because no role trust policy allows the ${action} action`;
const noIdentity = (action: string): string =>
  ` because no identity-based policy allows the ${action} action`;

function assume(
  sandbox: TestSandbox,
  changes: Record<string, string> = {},
  keys?: Keys,
): Promise<CallAnswer> {
  const parameters = { RoleArn: ROLE, RoleSessionName: 'alice', ...changes };
  return callAws(sandbox.url, 'AssumeRole', parameters, {
    at: sandbox.now(),
    ...(keys && { keys }),
  });
}

test('the answer names the role session and works as that role', async () => {
  const studio = makeRole('studio', trust(ROOT), { path: '/art/' });
  const sandbox = await start(makeWorld({ roles: [studio] }));
  const answer = await assume(sandbox, { RoleArn: `arn:aws:iam::${AWAY}:role/art/studio` });
  expect(outcomeOf(answer)).toBe('200');
  expect(answer.value('Expiration')).toBe('2026-03-01T13:00:00Z');
  expect(answer.value('AssumedRoleId')).toBe('AROASTUDIOEXAMPLE:alice');
  expect(answer.value('PackedPolicySize')).toBeNull();
  const who = await callAws(sandbox.url, 'GetCallerIdentity', {}, { keys: keysOf(answer) });
  expect(who.value('Arn')).toBe(`arn:aws:sts::${AWAY}:assumed-role/studio/alice`);
  expect(who.value('Account')).toBe(AWAY);
  expect(who.value('UserId')).toBe('AROASTUDIOEXAMPLE:alice');
});

const DENY = inline('Deny', { Action: 'sts:AssumeRole', Resource: '*' });
const OTHER = inline('Allow', { Action: 'sts:*', Resource: 'arn:aws:iam::*:role/other' });
const DENY_TRUST = policy(
  { Effect: 'Allow', Principal: '*', Action: 'sts:*' },
  { Effect: 'Deny', Principal: { AWS: ALICE_ARN }, Action: 'sts:AssumeRole' },
);

test.each([
  ['both sides allow', [ASSUME_ANYTHING], trust(ROOT), '200'],
  ['the trust names the user', [ASSUME_ANYTHING], trust(ALICE_ARN), '200'],
  ['the trust names the account by number', [ASSUME_ANYTHING], trust(HOME), '200'],
  ['the trust names anyone', [ASSUME_ANYTHING], trust('*'), '200'],
  [
    'she has no policy',
    [],
    trust(ALICE_ARN),
    denied('sts:AssumeRole', noIdentity('sts:AssumeRole')),
  ],
  [
    'her policy allows another role',
    [OTHER],
    trust(ROOT),
    denied('sts:AssumeRole', noIdentity('sts:AssumeRole')),
  ],
  [
    'her policy denies it',
    [ASSUME_ANYTHING, DENY],
    trust(ROOT),
    denied('sts:AssumeRole', ' with an explicit deny in an identity-based policy'),
  ],
  [
    'the trust names another account',
    [ASSUME_ANYTHING],
    trust('999988887777'),
    denied('sts:AssumeRole', noTrust('sts:AssumeRole')),
  ],
  [
    'the trust names another user',
    [ASSUME_ANYTHING],
    trust(`arn:aws:iam::${HOME}:user/bob`),
    denied('sts:AssumeRole', noTrust('sts:AssumeRole')),
  ],
  [
    'the trust denies it',
    [ASSUME_ANYTHING],
    DENY_TRUST,
    denied('sts:AssumeRole', ' with an explicit deny in the role trust policy'),
  ],
  [
    'the trust wants an external ID',
    [ASSUME_ANYTHING],
    trust(ROOT, { StringEquals: { 'sts:ExternalId': 'x7' } }),
    denied('sts:AssumeRole', noTrust('sts:AssumeRole')),
  ],
  [
    'the trust wants her path',
    [ASSUME_ANYTHING],
    trust(ROOT, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/ops/*' } }),
    denied('sts:AssumeRole', noTrust('sts:AssumeRole')),
  ],
  [
    'the trust wants her name as session name',
    [ASSUME_ANYTHING],
    trust(ROOT, { StringLike: { 'sts:RoleSessionName': '${aws:username}' } }),
    '200',
  ],
  [
    'the trust wants her network',
    [ASSUME_ANYTHING],
    trust(ROOT, { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }),
    denied('sts:AssumeRole', noTrust('sts:AssumeRole')),
  ],
])('between accounts, when %s', async (_, policies, trustPolicy, outcome) => {
  const sandbox = await start(
    makeWorld({ alice: { policies }, roles: [makeRole('studio', trustPolicy)] }),
  );
  expect(outcomeOf(await assume(sandbox))).toBe(outcome);
});

const LOCAL = `arn:aws:iam::${HOME}:role/studio`;
test.each([
  ['the trust names the user', [], trust(ALICE_ARN), '200'],
  ['the trust names anyone', [], trust('*'), '200'],
  [
    'the trust names the account',
    [],
    trust(ROOT),
    denied('sts:AssumeRole', noIdentity('sts:AssumeRole'), ALICE_ARN, LOCAL),
  ],
  ['the trust names the account and her policy allows', [ASSUME_ANYTHING], trust(ROOT), '200'],
  [
    'only her policy allows',
    [ASSUME_ANYTHING],
    trust('999988887777'),
    denied('sts:AssumeRole', noTrust('sts:AssumeRole'), ALICE_ARN, LOCAL),
  ],
  [
    'her policy denies',
    [DENY],
    trust(ALICE_ARN),
    denied(
      'sts:AssumeRole',
      ' with an explicit deny in an identity-based policy',
      ALICE_ARN,
      LOCAL,
    ),
  ],
])('within one account, when %s', async (_, policies, trustPolicy, outcome) => {
  const sandbox = await start(
    makeWorld({ alice: { policies }, homeRoles: [makeRole('studio', trustPolicy)] }),
  );
  expect(outcomeOf(await assume(sandbox, { RoleArn: LOCAL }))).toBe(outcome);
});

test.each([
  ['StringEquals', 'aws:PrincipalAccount', HOME, 200],
  ['StringEquals', 'aws:PrincipalAccount', AWAY, 403],
  ['StringEquals', 'aws:PrincipalType', 'User', 200],
  ['StringEquals', 'aws:userid', 'AIDAALICEEXAMPLE', 200],
  ['StringEquals', 'aws:userid', 'AIDABOBEXAMPLE', 403],
  ['StringEquals', 'aws:PrincipalTag/team', 'ops', 200],
  ['StringEquals', 'aws:PrincipalTag/team', 'dev', 403],
  ['StringEquals', 'aws:RequestedRegion', 'us-east-1', 200],
  ['StringLike', 'aws:UserAgent', 'test/*', 200],
  ['DateEquals', 'aws:CurrentTime', '2026-03-01T12:00:00Z', 200],
  ['NumericEquals', 'aws:EpochTime', '1772366400', 200],
  ['Bool', 'aws:SecureTransport', 'true', 200],
  ['Null', 'aws:TokenIssueTime', 'true', 200],
  ['Null', 'aws:SourceIdentity', 'true', 200],
])('her request brings the key: %s %s %s gives %i', async (operator, key, value, status) => {
  const studio = makeRole('studio', trust(ROOT, { [operator]: { [key]: value } }));
  const sandbox = await start(makeWorld({ alice: { tags: { team: 'ops' } }, roles: [studio] }));
  expect((await assume(sandbox)).status).toBe(status);
});

test('a session brings the time it was issued at', async () => {
  const condition = { DateLessThan: { 'aws:TokenIssueTime': '2026-03-01T12:00:10Z' } };
  const sandbox = await start(makeWorld({ roles: [makeRole('studio', trust(ROOT, condition))] }));
  const session = async () =>
    keysOf(await callAws(sandbox.url, 'GetSessionToken', {}, { at: sandbox.now() }));
  const early = await session();
  sandbox.pass(20);
  expect((await assume(sandbox, {}, early)).status).toBe(200);
  expect((await assume(sandbox, {}, await session())).status).toBe(403);
});

test('the right external ID opens what wants one, a wrong one does not', async () => {
  const trustPolicy = trust(ROOT, { StringEquals: { 'sts:ExternalId': 'x7' } });
  const sandbox = await start(makeWorld({ roles: [makeRole('studio', trustPolicy)] }));
  expect(outcomeOf(await assume(sandbox, { ExternalId: 'x7' }))).toBe('200');
  expect((await assume(sandbox, { ExternalId: 'x8' })).status).toBe(403);
});

test('a changed trust policy changes the next outcome', async () => {
  const studio = makeRole('studio', trust(ROOT));
  const sandbox = await start(makeWorld({ roles: [studio] }));
  expect((await assume(sandbox)).status).toBe(200);
  studio.trustPolicy = trust('999988887777');
  expect((await assume(sandbox)).status).toBe(403);
  studio.trustPolicy = trust(ROOT);
  expect((await assume(sandbox)).status).toBe(200);
});

test('a role that is not there is refused without a reason, in any partition', async () => {
  const sandbox = await start(makeWorld({ roles: [makeRole('studio', trust(ROOT))] }));
  const elsewhere = [
    `arn:aws:iam::${AWAY}:role/nosuch`,
    `arn:aws:iam::${AWAY}:role/art/studio`,
    'arn:aws:iam::999988887777:role/studio',
    `arn:aws-cn:iam::${AWAY}:role/studio`,
  ];
  for (const role of elsewhere)
    expect(outcomeOf(await assume(sandbox, { RoleArn: role }))).toBe(
      denied('sts:AssumeRole', '', ALICE_ARN, role),
    );
});

test('a world that explains nothing refuses without a reason', async () => {
  const world = makeWorld({ roles: [makeRole('studio', trust('999988887777'))] });
  world.explainsRefusals = false;
  expect(outcomeOf(await assume(await start(world)))).toBe(denied('sts:AssumeRole', ''));
});

const ONLY_ASSUME = inline('Allow', { Action: 'sts:AssumeRole', Resource: '*' });
const ONLY_ASSUME_TRUST = policy({
  Effect: 'Allow',
  Principal: { AWS: ROOT },
  Action: 'sts:AssumeRole',
});
const TAGGED = { 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'ops' };
test.each([
  ['sts:SetSourceIdentity', { SourceIdentity: 'alice' }],
  ['sts:TagSession', TAGGED],
])('%s is needed on both sides', async (action, parameters) => {
  const outcome = async (policies: [typeof ONLY_ASSUME], trustPolicy: unknown) => {
    const world = makeWorld({ alice: { policies }, roles: [makeRole('studio', trustPolicy)] });
    return outcomeOf(await assume(await start(world), parameters));
  };
  expect(await outcome([ASSUME_ANYTHING], trust(ROOT))).toBe('200');
  expect(await outcome([ONLY_ASSUME], trust(ROOT))).toBe(denied(action, noIdentity(action)));
  expect(await outcome([ASSUME_ANYTHING], ONLY_ASSUME_TRUST)).toBe(denied(action, noTrust(action)));
});

test.each([
  [
    { RoleSessionName: 'x' },
    "1 validation error detected: Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2",
  ],
  [
    { RoleSessionName: 'a b' },
    "1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
  ],
  [
    { RoleSessionName: 'x'.repeat(65) },
    `1 validation error detected: Value '${'x'.repeat(65)}' at 'roleSessionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
  ],
  [
    { DurationSeconds: '899' },
    "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  ],
  [
    { DurationSeconds: '43201' },
    "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
  ],
  [
    { ExternalId: 'x', TokenCode: '12345a' },
    "2 validation errors detected: Value 'x' at 'externalId' failed to satisfy constraint: Member must have length greater than or equal to 2; Value '12345a' at 'tokenCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\d]*",
  ],
  [
    { TokenCode: '12345' },
    "1 validation error detected: Value '12345' at 'tokenCode' failed to satisfy constraint: Member must have length greater than or equal to 6",
  ],
  [
    { SourceIdentity: 'aws:me' },
    "1 validation error detected: Value 'aws:me' at 'sourceIdentity' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
  ],
  [
    { RoleArn: 'short' },
    "1 validation error detected: Value 'short' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
  ],
  [{ RoleArn: `arn:aws:iam::${AWAY}:user/alice` }, `arn:aws:iam::${AWAY}:user/alice is invalid`],
  [
    { 'Tags.member.1.Key': 'team!', 'Tags.member.1.Value': '' },
    "1 validation error detected: Value 'team!' at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
  ],
  [
    { DurationSeconds: '7201' },
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  ],
  [
    { Policy: ' '.repeat(2049) },
    "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048",
  ],
])('ValidationError for %j', async (parameters, message) => {
  const studio = makeRole('studio', trust(ROOT), { maxSessionDurationSeconds: 7200 });
  const sandbox = await start(makeWorld({ roles: [studio] }));
  expect(outcomeOf(await assume(sandbox, parameters))).toBe(`400 ValidationError: ${message}`);
});

test('what is missing is named', async () => {
  const { url } = await start(makeWorld({}));
  expect(outcomeOf(await callAws(url, 'AssumeRole', { RoleArn: ROLE }))).toBe(
    "400 ValidationError: 1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
  );
});

const managed = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `PolicyArns.member.${(index + 1).toString()}.arn`,
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
    ]),
  );

const tags = (count: number, length: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      [`Tags.member.${(index + 1).toString()}.Key`, `key${index.toString()}`],
      [`Tags.member.${(index + 1).toString()}.Value`, 'v'.repeat(length)],
    ]).flat(),
  ) as Record<string, string>;

test.each([
  [
    'a policy that is no JSON',
    { Policy: '{' },
    '400 MalformedPolicyDocument: This policy contains invalid Json',
  ],
  [
    'a policy that is no policy',
    { Policy: '{"Statement":{}}' },
    '400 MalformedPolicyDocument: Syntax errors in policy. Could not read the session policy: Statement[0].Effect: nothing is neither "Allow" nor "Deny"',
  ],
  [
    'a managed policy that is not there',
    { 'PolicyArns.member.1.arn': 'constructor' },
    '400 MalformedPolicyDocument: The policy constructor does not exist',
  ],
  [
    'too many managed policies',
    managed(11),
    "400 ValidationError: 1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10",
  ],
  [
    'too many tags',
    tags(51, 1),
    "400 ValidationError: 1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
  ],
  [
    'tags too long together',
    tags(50, 256),
    '400 PackedPolicyTooLarge: Packed size of session tags consumes 319% of allotted space.',
  ],
  [
    'the same tag twice',
    { ...TAGGED, 'Tags.member.2.Key': 'TEAM', 'Tags.member.2.Value': '' },
    '400 InvalidParameterValue: Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  ],
  [
    "a tag of AWS's",
    { 'Tags.member.1.Key': 'aws:x', 'Tags.member.1.Value': '' },
    '400 InvalidParameterValue: Tag keys that start with aws: are reserved for AWS.',
  ],
  [
    'a transitive key without its tag',
    { ...TAGGED, 'TransitiveTagKeys.member.1': 'other' },
    '400 InvalidParameterValue: The specified transitive tag key must be included in the requested tags.',
  ],
  [
    'a duration that is no number',
    { DurationSeconds: '1h' },
    '400 MalformedInput: Expected an integer value.',
  ],
])('%s is refused', async (_, parameters, outcome) => {
  const sandbox = await start(makeWorld({ roles: [makeRole('studio', trust(ROOT))] }));
  expect(outcomeOf(await assume(sandbox, parameters))).toBe(outcome);
});

test('a role from a session or from a role lasts an hour at most', async () => {
  const open = makeRole('open', trust('*'), { policies: [ASSUME_ANYTHING] });
  const sandbox = await start(makeWorld({ roles: [open, makeRole('studio', trust('*'))] }));
  const session = keysOf(await callAws(sandbox.url, 'GetSessionToken'));
  const role = keysOf(await assume(sandbox, { RoleArn: `arn:aws:iam::${AWAY}:role/open` }));
  const chained =
    '400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.';
  expect(outcomeOf(await assume(sandbox, { DurationSeconds: '43200' }))).toBe('200');
  for (const keys of [session, role]) {
    expect(outcomeOf(await assume(sandbox, { DurationSeconds: '3600' }, keys))).toBe('200');
    expect(outcomeOf(await assume(sandbox, { DurationSeconds: '3601' }, keys))).toBe(chained);
  }
});
