import { describe, expect, it } from 'vitest';
import { brief } from '../src/brief.js';

const WORD = 'x'.repeat(5_000_000);

describe('what is told', () => {
  it.each<[what: string, text: string, told: string]>([
    ['a word', `a ${WORD} b`, `a ${'x'.repeat(100)}… (5000000 characters) b`],
    ['each of several', `${WORD} ${WORD}`, Array(2).fill(brief(WORD)).join(' ')],
    ['a word of its line alone', `a\n${WORD}\nb`, `a\n${brief(WORD)}\nb`],
    [
      'a line of many words',
      'word '.repeat(1_000_000),
      `${'word '.repeat(800)}… (5000000 characters)`,
    ],
  ])('has no more than the beginning of %s that is too long', (_, text, told) => {
    expect(brief(text)).toBe(told);
  });

  it.each(['', 'a b\n  c\n', `a ${'x'.repeat(1000)}\n`, 'word '.repeat(700)])(
    'is whole where anybody can read it',
    (text) => {
      expect(brief(text)).toBe(text);
    },
  );

  it('does not end in half a character', () => {
    expect(brief(`a${'👩'.repeat(1000)}`)).toBe(`a${'👩'.repeat(49)}… (2001 characters)`);
  });
});
