import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesArn, matchesPattern, parsePattern } from '../../src/sandbox/wildcard.js';

const matches = (pattern: string, text: string): boolean =>
  matchesPattern(parsePattern(pattern), text);

test('it agrees with the regular expression that says the same', () => {
  const characters = fc.constantFrom('a', 'b', '/', '😀');
  const text = fc.string({ unit: characters, maxLength: 12 });
  const pattern = fc.string({
    unit: fc.oneof(characters, fc.constantFrom('*', '?')),
    maxLength: 8,
  });
  fc.assert(
    fc.property(pattern, text, (wanted, given) => {
      const source = wanted.replace(/\*/g, '.*').replace(/\?/g, '.');
      expect(matches(wanted, given)).toBe(new RegExp(`^${source}$`, 'su').test(given));
    }),
    { numRuns: 2000 },
  );
});

test('a pattern made to take for ever does not', () => {
  expect(matches('a*'.repeat(500) + 'b', 'a'.repeat(2000))).toBe(false);
});

test.each([
  ['*', 'arn:aws:logs:eu-west-1:111122223333:group:a:b', true],
  ['arn:aws:logs:*:*:group:*', 'arn:aws:logs:eu-west-1:111122223333:group:a:b', true],
  ['arn:aws:logs:*:*:group:?:b', 'arn:aws:logs:eu-west-1:111122223333:group:a:b', true],
  ['arn:aws:logs:*:group:*', 'arn:aws:logs:eu-west-1:111122223333:group:a:b', false],
  ['arn:aws:*', 'arn:aws:logs:eu-west-1:111122223333:group:a:b', false],
  ['arn:aws:logs:*:*:group:*', 'group:a:b', false],
])('the ARN pattern %s fits %s: %s', (pattern, arn, fits) => {
  expect(matchesArn(parsePattern(pattern), arn)).toBe(fits);
});
