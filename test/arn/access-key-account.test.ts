import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountOfAccessKey } from '../../src/arn/access-key-account.js';
import { accountOfAccessKeyId, makeAccessKeyId } from '../../src/sandbox/access-key-id.js';

describe('the account inside an access key ID', () => {
  it.each([
    ['ASIAQNZGKIQY56JQ7WML', '029608264753'],
    ['ASIAY34FZKBOKMUTVV7A', '609629065308'],
    ['AKIAIOSFODNN7EXAMPLE', null],
    ['AKIAJOSFODNN7EXAMPLE', null],
    ['ASIAIOSFODNN7EXAMPLE', null],
    ['AKIAQNZGKIQY56JQ7WM1', null],
    ['akiaqnzgkiqy56jq7wml', null],
    ['AKIAQNZG', null],
    ['', null],
    ['AKIA7777777777777777', null],
  ])('%s: %s', (accessKeyId, account) => {
    expect(accountOfAccessKey(accessKeyId)).toBe(account);
  });

  it('is what the sandbox put there, as the sandbox itself reads it', () => {
    const account = fc
      .integer({ min: 0, max: 999_999_999_999 })
      .map((n) => String(n).padStart(12, '0'));
    fc.assert(
      fc.property(fc.constantFrom('AKIA' as const, 'ASIA' as const), account, (prefix, id) => {
        const accessKeyId = makeAccessKeyId(prefix, id);
        expect(accountOfAccessKey(accessKeyId)).toBe(id);
        expect(accountOfAccessKeyId(accessKeyId)).toBe(id);
      }),
    );
  });
});
