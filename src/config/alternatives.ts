import { nearestNames } from '../nearest.js';

/** `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), words.at(-1) ?? ''].filter(Boolean).join(' or ');
}

/** `; did you mean b?`, or nothing when none is near. */
export function didYouMean(word: string, words: readonly string[]): string {
  const [near] = nearestNames(word, words, 1);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
