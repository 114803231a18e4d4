import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatSessionName } from '../../src/plan/session-name.js';

it.each([
  ['{user}', 'jane.doe', 'jane.doe'],
  ['{user}', null, null],
  ['ops-{user}', null, null],
  ['ops-{user}-{user}', 'jane', 'ops-jane-jane'],
  ['fixed', null, 'fixed'],
  ['jane doe', null, 'jane-doe'],
  ['jänë/名', null, 'j-n---'],
  ['👩', null, '--'],
  ['a', null, 'a-'],
  ['{user}', '$&', '--'],
  ['{user}', '{user}', '-user-'],
  ['x'.repeat(80), null, 'x'.repeat(64)],
  ['a_+=,.@-9', null, 'a_+=,.@-9'],
])('"%s" for %s is %s', (pattern, user, name) => {
  expect(formatSessionName(pattern, user)).toBe(name);
});

it('is always one that STS takes, and the same each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (pattern, user) => {
      const name = formatSessionName(pattern, user);
      expect(name).toMatch(/^[\w+=,.@-]{2,64}$/);
      expect(formatSessionName(pattern, user)).toBe(name);
    }),
  );
});
