import { expect, test } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../src/sandbox/base32.js';

// RFC 4648, section 10.
test.each([
  ['', ''],
  ['f', 'MY======'],
  ['fo', 'MZXQ===='],
  ['foo', 'MZXW6==='],
  ['foob', 'MZXW6YQ='],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI======'],
])('"%s" is %s', (text, base32) => {
  expect(encodeBase32(Buffer.from(text))).toBe(base32.replace(/=+$/, ''));
  expect(decodeBase32(base32)?.toString()).toBe(text);
});

test('small letters are read, other characters are not', () => {
  expect(decodeBase32('mzxw6')?.toString()).toBe('foo');
  expect(decodeBase32('MZXW1')).toBeNull();
});
