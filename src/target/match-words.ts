import { nearestNames } from '../nearest.js';
import type { ListedTarget } from './listed-target.js';

/** Tells whether every word is found in some field of the entry; case is no difference. */
export function matchesWords(entry: ListedTarget, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const haystack = haystackOf(entry);
  return words.every((word) => haystack.includes(word.toLowerCase()));
}

/** Lower-case text that holds every field in which words are looked for. */
export function haystackOf(entry: ListedTarget): string {
  return fieldsOf(entry).join(' ').toLowerCase();
}

/**
 * The first of the words that no entry has, with the fields that come nearest to it; `null` when
 * each word alone is found somewhere.
 */
export function findLonelyWord(
  entries: readonly ListedTarget[],
  words: readonly string[],
): { readonly word: string; readonly near: readonly string[] } | null {
  const word = words.find((each) => !entries.some((entry) => matchesWords(entry, [each])));
  return word === undefined ? null : { word, near: nearestNames(word, entries.flatMap(fieldsOf)) };
}

/** The tags as they are written: `k=v`. */
export function tagWords({ tags }: ListedTarget): string[] {
  return Object.entries(tags).map(([key, value]) => `${key}=${value}`);
}

function fieldsOf(entry: ListedTarget): string[] {
  const { names, accountId, accountName, customer, roleName, region, roleArn } = entry;
  const fields = [...names, accountId, accountName, customer, roleName, region, roleArn];
  return [...fields, ...tagWords(entry)].filter((field) => field !== null);
}
