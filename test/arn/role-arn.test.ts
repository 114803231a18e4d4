import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARTITIONS } from '../../src/arn/partition.js';
import {
  explainRoleArn,
  formatRoleArn,
  isSessionOfRole,
  parseRoleArn,
} from '../../src/arn/role-arn.js';

const PLAIN = { partition: 'aws', accountId: '111122223333', path: '/', roleName: 'prod-role' };

describe('parseRoleArn', () => {
  it.each([
    ['arn:aws:iam::111122223333:role/prod-role', PLAIN],
    ['arn:aws-cn:iam::111122223333:role/prod-role', { ...PLAIN, partition: 'aws-cn' }],
    ['arn:aws:iam::111122223333:role/team/ops/prod-role', { ...PLAIN, path: '/team/ops/' }],
    ['arn:aws:iam::111122223333:role/a_+=,.@-Z9', { ...PLAIN, roleName: 'a_+=,.@-Z9' }],
    ['arn:aws:iam::000000000001:role/prod-role', { ...PLAIN, accountId: '000000000001' }],
    [`arn:aws:iam::111122223333:role/${'x'.repeat(64)}`, { ...PLAIN, roleName: 'x'.repeat(64) }],
    [
      'arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/Role',
      { ...PLAIN, path: '/aws-service-role/x.amazonaws.com/', roleName: 'Role' },
    ],
  ])('reads %s', (text, role) => {
    expect(parseRoleArn(text)).toEqual(role);
    expect(explainRoleArn(text)).toBeNull();
  });

  it('and formatRoleArn are inverse', () => {
    const letters = 'abcXYZ019_+=,.@-';
    const segment = fc.string({
      unit: fc.constantFrom(...Array.from(letters)),
      minLength: 1,
      maxLength: 12,
    });
    const role = fc.record({
      partition: fc.constantFrom(...PARTITIONS.map(({ name }) => name)),
      accountId: fc.string({
        unit: fc.constantFrom(...Array.from('0123456789')),
        minLength: 12,
        maxLength: 12,
      }),
      path: fc.array(segment, { maxLength: 4 }).map((names) => ['', ...names, ''].join('/')),
      roleName: segment,
    });
    fc.assert(
      fc.property(role, (parts) => {
        expect(parseRoleArn(formatRoleArn(parts))).toEqual(parts);
      }),
    );
  });
});

describe('explainRoleArn', () => {
  it.each([
    ['prod-role', 'does not start with "arn:"'],
    ['', 'does not start with "arn:"'],
    ['ARN:aws:iam::111122223333:role/x', 'does not start with "arn:"'],
    ['arn:', 'is not a partition'],
    ['arn:awz:iam::111122223333:role/x', '"awz" is not a partition'],
    ['arn:aws:sts::111122223333:assumed-role/x/jane', 'a session of a role'],
    ['arn:aws:s3:::bucket', 'its service is "s3"'],
    ['arn:aws', 'its service is ""'],
    ['arn:aws:iam::11112222333:role/x', '"11112222333" is not a twelve-digit'],
    ['arn:aws:iam::1111-2222-3333:role/x', 'twelve-digit'],
    ['arn:aws:iam::aws:policy/ReadOnlyAccess', '"aws" is not a twelve-digit'],
    ['arn:aws:iam::111122223333:user/jane', 'it names "user/jane"'],
    ['arn:aws:iam::111122223333:role', 'it names "role"'],
    ['arn:aws:iam::111122223333:mfa/jane', 'it names "mfa/jane"'],
    ['arn:aws:iam:us-east-1:111122223333:role/x', 'names a region'],
    ['arn:aws:iam::111122223333:role/', 'names no role'],
    ['arn:aws:iam::111122223333:role/team/', 'names no role'],
    [`arn:aws:iam::111122223333:role/${'x'.repeat(65)}`, 'longer than 64'],
    ['arn:aws:iam::111122223333:role/a b', 'characters that IAM does not allow'],
    ['arn:aws:iam::111122223333:role/x\n', 'characters that IAM does not allow'],
    ['arn:aws:iam::111122223333:role/x:y', 'characters that IAM does not allow'],
    ['arn:aws:iam::111122223333:role/名前', 'characters that IAM does not allow'],
    ['arn:aws:iam::111122223333:role//x/y\u0000/z', 'characters that IAM does not allow'],
  ])('says of %j what is wrong', (text, problem) => {
    expect(parseRoleArn(text)).toBeNull();
    expect(explainRoleArn(text)).toContain(problem);
  });

  it('has nothing to say exactly of what parseRoleArn reads', () => {
    const part = fc.constantFrom('arn', 'aws', 'iam', '', '111122223333', 'role/x', 'role', 'sts');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join(':');
        expect(explainRoleArn(text) === null).toBe(parseRoleArn(text) !== null);
      }),
    );
  });
});

describe('isSessionOfRole', () => {
  it.each([
    ['arn:aws:sts::111122223333:assumed-role/prod-role/jane', true],
    ['arn:aws-cn:sts::111122223333:assumed-role/prod-role/jane', false],
    ['arn:aws:sts::111122223333:assumed-role/prod-role2/jane', false],
    ['arn:aws:sts::444444444444:assumed-role/prod-role/jane', false],
    ['arn:aws:iam::111122223333:role/team/ops/prod-role', false],
    ['arn:aws:iam::111122223333:user/prod-role', false],
    ['', false],
  ])('%s: %s', (arn, isSession) => {
    expect(isSessionOfRole(arn, 'arn:aws:iam::111122223333:role/team/ops/prod-role')).toBe(
      isSession,
    );
    expect(isSessionOfRole(arn, 'no ARN')).toBe(false);
  });
});
