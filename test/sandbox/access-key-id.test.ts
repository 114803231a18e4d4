import { expect, test } from 'vitest';
import { accountOfAccessKeyId, makeAccessKeyId } from '../../src/sandbox/access-key-id.js';

test.each(['000000000001', '111122223333', '999999999999'])('an ID made for %s names it', (id) => {
  for (let round = 0; round < 50; round++) {
    const accessKeyId = makeAccessKeyId('AKIA', id);
    expect(accessKeyId).toMatch(/^AKIA[Q-Z2-7][A-Z2-7]{15}$/);
    expect(accountOfAccessKeyId(accessKeyId)).toBe(id);
  }
});

test('two IDs for one account differ', () => {
  expect(makeAccessKeyId('ASIA', '111122223333')).not.toBe(makeAccessKeyId('ASIA', '111122223333'));
});

test.each([
  ['a published ID whose account is known', 'ASIAQNZGKIQY56JQ7WML', '029608264753'],
  ["AWS's example key, from before IDs named accounts", 'AKIAIOSFODNN7EXAMPLE', null],
  ['the ID of a role', 'AROAQNZGKIQY56JQ7WML', null],
  ['characters that Base32 has not', 'AKIAQNZGKIQY56JQ7WM1', null],
  ['a text too short', 'AKIAQNZG', null],
])('%s: %s', (_, accessKeyId, account) => {
  expect(accountOfAccessKeyId(accessKeyId)).toBe(account);
});
