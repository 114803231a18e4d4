import { describe, expect, it } from 'vitest';
import { isPolicyArn } from '../../src/arn/policy-arn.js';

describe('isPolicyArn', () => {
  it.each([
    ['arn:aws:iam::aws:policy/ReadOnlyAccess', true],
    ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess', true],
    ['arn:aws-cn:iam::111122223333:policy/team/ops', true],
    ['arn:aws-moon:iam::aws:policy/ReadOnlyAccess', false],
    ['arn:aws:iam::1111:policy/x', false],
    ['arn:aws:iam::111122223333:role/x', false],
    ['arn:aws:iam::111122223333:policy/', false],
    ['arn:aws:iam::111122223333:policy/a b', false],
    ['ReadOnlyAccess', false],
    ['', false],
  ])('%s: %s', (text, isOne) => {
    expect(isPolicyArn(text)).toBe(isOne);
  });
});
