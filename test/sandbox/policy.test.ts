import { expect, test } from 'vitest';
import { decide, type Verdict } from '../../src/sandbox/policy.js';
import { makePolicyContext, type ContextValue } from '../../src/sandbox/policy-context.js';
import { parsePolicy } from '../../src/sandbox/policy-document.js';

const PRINCIPAL = {
  accountId: '111122223333',
  partition: 'aws',
  arn: 'arn:aws:iam::111122223333:role/ops/painter',
  sessionArn: 'arn:aws:sts::111122223333:assumed-role/painter/vera',
};
const BUCKET = 'arn:aws:s3:::paint/red/tin';

type Json = Readonly<Record<string, unknown>>;
type Context = Readonly<Record<string, ContextValue>>;

function judge(statements: Json | Json[], context: Context = {}, version = '2012-10-17'): Verdict {
  const document = { Version: version, Statement: statements };
  return decide([parsePolicy(document, 'identity', 'a policy')], {
    principal: PRINCIPAL,
    action: 's3:GetObject',
    resource: BUCKET,
    context: makePolicyContext(context),
  }).verdict;
}

const allow = (rest: Json): Json => ({ Effect: 'Allow', Action: '*', Resource: '*', ...rest });

test.each<[string, Json | Json[], Verdict]>([
  ['nothing said', [], 'none'],
  ['the action itself', allow({ Action: 's3:GetObject' }), 'allow'],
  ['the action in other case', allow({ Action: 'S3:getobject' }), 'allow'],
  ['a pattern of it', allow({ Action: 's3:Get*' }), 'allow'],
  ['single characters in it', allow({ Action: 's3:?etObject' }), 'allow'],
  ['a pattern that needs more', allow({ Action: 's3:GetObject?' }), 'none'],
  ['one of a list', allow({ Action: ['sts:*', 's3:*'] }), 'allow'],
  ['another service', allow({ Action: 'sts:*' }), 'none'],
  ['NotAction of another', { Effect: 'Allow', NotAction: 'sts:*', Resource: '*' }, 'allow'],
  ['NotAction of this', { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }, 'none'],
  ['the resource itself', allow({ Resource: BUCKET }), 'allow'],
  ['a resource in other case', allow({ Resource: BUCKET.replace('red', 'Red') }), 'none'],
  ['a star over slashes', allow({ Resource: 'arn:aws:s3:::paint/*' }), 'allow'],
  ['a star for a whole part', allow({ Resource: 'arn:*:s3:*:*:paint/*' }), 'allow'],
  ['a star over colons', allow({ Resource: 'arn:aws:*:paint/*:*:*' }), 'none'],
  ['a resource beside it', allow({ Resource: 'arn:aws:s3:::paint' }), 'none'],
  ['NotResource of it', { Effect: 'Allow', Action: '*', NotResource: BUCKET }, 'none'],
  [
    'NotResource of others',
    { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::x' },
    'allow',
  ],
  ['deny after allow', [allow({}), { ...allow({}), Effect: 'Deny' }], 'deny'],
  ['deny before allow', [{ ...allow({}), Effect: 'Deny' }, allow({})], 'deny'],
  ['deny of something else', [allow({}), { ...allow({ Action: 'a:b' }), Effect: 'Deny' }], 'allow'],
  ['deny alone', { ...allow({}), Effect: 'Deny' }, 'deny'],
])('%s', (_, statements, verdict) => {
  expect(judge(statements)).toBe(verdict);
});

const MFA = 'aws:MultiFactorAuthPresent';
const AGE = 'aws:MultiFactorAuthAge';
const NOON = '2026-03-01T12:00:00Z';

test.each<[operator: string, key: string, wanted: unknown, value: ContextValue, holds: boolean]>([
  ['Bool', MFA, 'true', 'true', true],
  ['Bool', MFA, true, 'true', true],
  ['Bool', MFA, 'True', 'true', true],
  ['Bool', MFA, 'true', 'false', false],
  ['Bool', MFA, 'true', undefined, false],
  ['Bool', MFA, 'false', undefined, false],
  ['BoolIfExists', MFA, 'true', undefined, true],
  ['BoolIfExists', MFA, 'true', 'false', false],
  ['BoolIfExists', MFA, 'false', undefined, true],
  ['Null', MFA, 'true', undefined, true],
  ['Null', MFA, 'true', 'false', false],
  ['Null', MFA, 'false', 'false', true],
  ['Null', MFA, 'false', undefined, false],
  ['StringEquals', 'sts:ExternalId', 'paint-7', 'paint-7', true],
  ['StringEquals', 'sts:ExternalId', ['oil-1', 'paint-7'], 'paint-7', true],
  ['StringEquals', 'STS:externalid', 'paint-7', 'paint-7', true],
  ['StringEquals', 'sts:ExternalId', 'PAINT-7', 'paint-7', false],
  ['StringEquals', 'sts:ExternalId', 'paint-*', 'paint-7', false],
  ['StringEquals', 'sts:ExternalId', 'paint-7', undefined, false],
  ['StringEqualsIfExists', 'sts:ExternalId', 'paint-7', undefined, true],
  ['StringNotEquals', 'sts:ExternalId', 'paint-7', 'oil-1', true],
  ['StringNotEquals', 'sts:ExternalId', ['oil-1', 'paint-7'], 'oil-1', false],
  ['StringNotEquals', 'sts:ExternalId', 'paint-7', undefined, true],
  ['StringEqualsIgnoreCase', 'sts:ExternalId', 'PAINT-7', 'paint-7', true],
  ['StringNotEqualsIgnoreCase', 'sts:ExternalId', 'PAINT-7', 'paint-7', false],
  ['StringNotEqualsIgnoreCase', 'sts:ExternalId', 'PAINT-8', 'paint-7', true],
  ['StringLike', 'sts:RoleSessionName', 'v*a', 'vera', true],
  ['StringLike', 'sts:RoleSessionName', 'v??a', 'vera', true],
  ['StringLike', 'sts:RoleSessionName', 'V*', 'vera', false],
  ['StringLike', 'sts:RoleSessionName', 'v*', undefined, false],
  ['StringLikeIfExists', 'sts:RoleSessionName', 'v*', undefined, true],
  ['StringNotLike', 'sts:RoleSessionName', 'v*', 'vera', false],
  ['StringNotLike', 'sts:RoleSessionName', 'v*', undefined, true],
  ['StringNotLikeIfExists', 'sts:RoleSessionName', 'x*', 'vera', true],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/ops/*', PRINCIPAL.arn, true],
  ['ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::*:role/ops/*', PRINCIPAL.arn, true],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/dev/*', PRINCIPAL.arn, false],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:*role/ops/*', PRINCIPAL.arn, false],
  ['ArnLikeIfExists', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*', undefined, true],
  ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/dev/*', PRINCIPAL.arn, true],
  ['ArnNotEquals', 'aws:PrincipalArn', 'arn:aws:iam::*:role/ops/*', PRINCIPAL.arn, false],
  ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/dev/*', undefined, true],
  ['NumericEquals', AGE, '60', '60', true],
  ['NumericEquals', AGE, '60', '060.0', true],
  ['NumericNotEquals', AGE, '60', '60', false],
  ['NumericNotEquals', AGE, '60', undefined, true],
  ['NumericLessThan', AGE, 3600, '3599', true],
  ['NumericLessThan', AGE, '3600', '3600', false],
  ['NumericLessThan', AGE, '3600', '400', true],
  ['NumericLessThan', AGE, '3600', undefined, false],
  ['NumericLessThan', AGE, 'soon', '3', false],
  ['NumericLessThanIfExists', AGE, '3600', undefined, true],
  ['NumericLessThanEquals', AGE, '3600', '3600', true],
  ['NumericLessThanEquals', AGE, '3600', '3601', false],
  ['NumericGreaterThan', AGE, '3600', '3601', true],
  ['NumericGreaterThan', AGE, '3600', '3600', false],
  ['NumericGreaterThanEquals', AGE, '3600', '3600', true],
  ['NumericGreaterThanEquals', AGE, '3600', '3599', false],
  ['DateEquals', 'aws:CurrentTime', '2026-03-01T13:00:00+01:00', NOON, true],
  ['DateNotEquals', 'aws:CurrentTime', NOON, NOON, false],
  ['DateLessThan', 'aws:CurrentTime', '2026-03-02T00:00:00Z', NOON, true],
  ['DateLessThan', 'aws:CurrentTime', NOON, NOON, false],
  ['DateLessThan', 'aws:CurrentTime', '1893456000', NOON, true],
  ['DateLessThanEquals', 'aws:CurrentTime', NOON, NOON, true],
  ['DateGreaterThan', 'aws:CurrentTime', '2026-02-28T00:00:00Z', NOON, true],
  ['DateGreaterThan', 'aws:CurrentTime', '2026-03-02T00:00:00Z', NOON, false],
  ['DateGreaterThanEquals', 'aws:CurrentTime', NOON, NOON, true],
  ['DateGreaterThan', 'aws:CurrentTime', 'yesterday', NOON, false],
  ['IpAddress', 'aws:SourceIp', '192.0.2.0/24', '192.0.2.77', true],
  ['IpAddress', 'aws:SourceIp', '192.0.2.0/24', '192.0.3.77', false],
  ['IpAddress', 'aws:SourceIp', '192.0.2.77', '192.0.2.77', true],
  ['IpAddress', 'aws:SourceIp', '192.0.2.0/99', '192.0.2.77', false],
  ['IpAddress', 'aws:SourceIp', '192.0.2.300', '192.0.3.44', false],
  ['IpAddress', 'aws:SourceIp', '0.0.0.0/0', '192.0.2.77', true],
  ['NotIpAddress', 'aws:SourceIp', '192.0.2.0/24', '198.51.100.1', true],
  ['NotIpAddress', 'aws:SourceIp', '192.0.2.0/24', undefined, true],
  ['StringEquals', 'aws:TagKeys', 'a', ['a', 'c'], true],
  ['StringNotEquals', 'aws:TagKeys', 'a', ['a', 'c'], false],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b'], ['a', 'b'], true],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b'], ['a', 'c'], false],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b'], undefined, true],
  ['ForAllValues:StringLike', 'aws:TagKeys', 'team-*', ['team-a', 'team-b'], true],
  ['ForAllValues:StringNotEquals', 'aws:TagKeys', 'a', ['b', 'c'], true],
  ['ForAllValues:StringNotEquals', 'aws:TagKeys', 'a', ['a', 'c'], false],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['a', 'b'], ['c', 'b'], true],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['a', 'b'], ['c'], false],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['a', 'b'], undefined, false],
  ['ForAnyValue:StringNotEquals', 'aws:TagKeys', 'a', ['a', 'c'], true],
  ['ForAnyValue:StringNotEquals', 'aws:TagKeys', 'a', ['a'], false],
  ['ForAnyValue:StringNotEquals', 'aws:TagKeys', 'a', undefined, false],
  ['ForAnyValue:StringLikeIfExists', 'sts:TransitiveTagKeys', 'team-*', undefined, true],
])('%s of %s as %j holds for %j: %s', (operator, key, wanted, value, holds) => {
  const statement = allow({ Condition: { [operator]: { [key]: wanted } } });
  const found = key.toLowerCase() === 'sts:externalid' ? 'sts:ExternalId' : key;
  expect(judge(statement, { [found]: value })).toBe(holds ? 'allow' : 'none');
});

test.each<[string, Json, Context, Verdict]>([
  [
    'every key of an operator must hold',
    { StringEquals: { 'aws:username': 'vera', 'sts:ExternalId': 'x' } },
    { 'aws:username': 'vera', 'sts:ExternalId': 'y' },
    'none',
  ],
  [
    'every operator must hold',
    { StringEquals: { 'aws:username': 'vera' }, Bool: { 'aws:SecureTransport': 'true' } },
    { 'aws:username': 'vera', 'aws:SecureTransport': 'false' },
    'none',
  ],
  [
    'a variable stands for its value',
    { StringEquals: { 'sts:RoleSessionName': '${aws:username}' } },
    { 'aws:username': 'vera', 'sts:RoleSessionName': 'vera' },
    'allow',
  ],
  [
    'a variable may be part of a pattern',
    { StringLike: { 'sts:RoleSessionName': '${aws:PrincipalTag/team}-*' } },
    { 'aws:PrincipalTag/Team': 'ops', 'sts:RoleSessionName': 'ops-1' },
    'allow',
  ],
  [
    'a star in a variable is a plain star',
    { StringLike: { 'sts:RoleSessionName': '${aws:PrincipalTag/team}' } },
    { 'aws:PrincipalTag/team': '*', 'sts:RoleSessionName': 'anyone' },
    'none',
  ],
  [
    'an absent variable fits nothing',
    { StringLike: { 'sts:RoleSessionName': '${aws:username}' } },
    { 'sts:RoleSessionName': '${aws:username}' },
    'none',
  ],
  [
    'an absent variable may have a default',
    { StringEquals: { 'sts:RoleSessionName': "${aws:PrincipalTag/team, 'none'}" } },
    { 'sts:RoleSessionName': 'none' },
    'allow',
  ],
  [
    'a present variable beats its default',
    { StringEquals: { 'sts:RoleSessionName': "${aws:PrincipalTag/team, 'none'}" } },
    { 'aws:PrincipalTag/team': 'ops', 'sts:RoleSessionName': 'none' },
    'none',
  ],
  [
    'a variable of several values fits nothing',
    { StringEquals: { 'sts:RoleSessionName': '${aws:TagKeys}' } },
    { 'aws:TagKeys': ['a', 'b'], 'sts:RoleSessionName': 'a' },
    'none',
  ],
  [
    'an escaped star is a plain star',
    { StringLike: { 'sts:RoleSessionName': 'a${*}' } },
    { 'sts:RoleSessionName': 'a*' },
    'allow',
  ],
  [
    'an escaped star is no wildcard',
    { StringLike: { 'sts:RoleSessionName': 'a${*}' } },
    { 'sts:RoleSessionName': 'ab' },
    'none',
  ],
  [
    'escaped question marks and dollars too',
    { StringLike: { 'sts:RoleSessionName': '${?}${$}{x}' } },
    { 'sts:RoleSessionName': '?${x}' },
    'allow',
  ],
])('%s', (_, condition, context, verdict) => {
  expect(judge(allow({ Condition: condition }), context)).toBe(verdict);
});

test('a variable in a resource is filled in, and an absent one fits nothing', () => {
  const statement = allow({ Resource: 'arn:aws:s3:::paint/${aws:PrincipalTag/colour}/*' });
  expect(judge(statement, { 'aws:PrincipalTag/colour': 'red' })).toBe('allow');
  expect(judge(statement, { 'aws:PrincipalTag/colour': '*' })).toBe('none');
  expect(judge(statement)).toBe('none');
});

test('a policy of the old version has no variables', () => {
  const statement = allow({ Condition: { StringEquals: { 'aws:userid': '${aws:username}' } } });
  expect(judge(statement, { 'aws:username': 'vera', 'aws:userid': 'vera' }, '2008-10-17')).toBe(
    'none',
  );
});

test.each<[string, unknown, string[]]>([
  ['anyone', '*', ['principal']],
  ['anyone of AWS', { AWS: '*' }, ['principal']],
  ['the account by ARN', { AWS: 'arn:aws:iam::111122223333:root' }, ['account']],
  ['the account by number', { AWS: '111122223333' }, ['account']],
  ['the role', { AWS: PRINCIPAL.arn }, ['principal']],
  ['the session', { AWS: PRINCIPAL.sessionArn }, ['session']],
  ['the account and the role', { AWS: ['111122223333', PRINCIPAL.arn] }, ['principal']],
  ['another account', { AWS: '444455556666' }, []],
  ['another session', { AWS: `${PRINCIPAL.sessionArn}2` }, []],
  ['the role without its path', { AWS: 'arn:aws:iam::111122223333:role/painter' }, []],
  ['the account in another partition', { AWS: 'arn:aws-cn:iam::111122223333:root' }, []],
  ['a service', { Service: 'ec2.amazonaws.com' }, []],
])('a trust policy that names %s covers the caller as %j', (_, principal, trust) => {
  const document = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' },
  };
  const decision = decide([parsePolicy(document, 'trust', 'a trust policy')], {
    principal: PRINCIPAL,
    action: 'sts:AssumeRole',
    resource: 'arn:aws:iam::444455556666:role/x',
    context: makePolicyContext({}),
  });
  expect(decision.trust).toEqual(trust);
  expect(decision.verdict).toBe(trust.length > 0 ? 'allow' : 'none');
});
