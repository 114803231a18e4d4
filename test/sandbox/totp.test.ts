import { expect, test } from 'vitest';
import { encodeBase32 } from '../../src/sandbox/base32.js';
import { findTotpStep, totpCode } from '../../src/sandbox/totp.js';

const SEED = encodeBase32(Buffer.from('12345678901234567890'));
const at = (seconds: number): Date => new Date(seconds * 1000);

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at second %i the code is %s, as RFC 6238 says', (seconds, code) => {
  expect(totpCode(SEED, at(seconds))).toBe(code);
});

test.each([
  ['its own step', 0, 40_000],
  ['one step late', 30, 40_000],
  ['one step early', -30, 40_000],
  ['two steps late', 60, null],
  ['two steps early', -60, null],
])('a code is recognised %s', (_, drift, step) => {
  expect(findTotpStep(SEED, totpCode(SEED, at(1_200_015)), at(1_200_015 + drift))).toBe(step);
});

test('a seed that is not Base32 is named as the trouble', () => {
  expect(() => totpCode('not base32!', at(0))).toThrow('Base32');
});
