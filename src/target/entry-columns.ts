import { visible } from '../visible.js';
import type { ListedTarget } from './listed-target.js';
import { tagWords } from './match-words.js';

/**
 * What lists and pickers show of entries, a row each, safe to show: name, account, role, customer,
 * tags, region, whether it is protected. A role is shown only beside a profile's that has one, since
 * every other name ends with it.
 */
export function entryColumns(entries: readonly ListedTarget[]): string[][] {
  const showsRoles = entries.some(
    ({ kind, shownRole }) => kind === 'profile' && shownRole !== null,
  );
  return entries.map((entry) =>
    [
      entry.name,
      entry.accountId ?? (entry.holdsKeys ? 'keys' : ''),
      showsRoles ? (entry.shownRole ?? '') : '',
      entry.customer ?? '',
      tagWords(entry).join(' '),
      entry.region ?? '',
      entry.isProtected ? 'protected' : '',
    ].map(visible),
  );
}
