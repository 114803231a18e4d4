import { describe, expect, it } from 'vitest';
import { matchChoices } from '../../src/host/question.js';

const choices = Array.from({ length: 120 }, (_, index) => {
  const name = `customer-${index.toString()}/${index % 2 === 0 ? 'admin' : 'readonly'}`;
  return { name, line: `${name} …`, value: index, haystack: `${name} eu-west-1` };
});

describe('matchChoices', () => {
  it.each([
    ['', 50, 70],
    ['admin', 50, 10],
    ['ADMIN  EU', 50, 10],
    ['customer-11/', 1, 0],
    ['readonly customer-7', 6, 0],
    ['admin readonly', 0, 0],
    ['customer-11/readonly …', 1, 0],
  ])('of 120, typing %j shows %i and tells of %i more', (typed, shown, more) => {
    const matches = matchChoices(choices, typed);
    expect(matches.shown).toHaveLength(shown);
    expect(matches.more).toBe(more);
  });

  it('keeps their order', () => {
    const names = matchChoices(choices, 'customer-1').shown.map(({ value }) => value);
    expect(names).toEqual(names.toSorted((a, b) => a - b));
  });
});
