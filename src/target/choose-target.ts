import type { Choice, Host } from '../host/host.js';
import { visible } from '../visible.js';
import type { CatalogueEntry } from './catalogue.js';

/**
 * Lets a person pick one of the entries: each typed word must match its name, account, customer,
 * role, tag or region.
 *
 * @throws AssumeError CANCELLED when nothing is picked.
 */
export async function chooseTarget(
  host: Host,
  question: string,
  entries: readonly CatalogueEntry[],
): Promise<CatalogueEntry> {
  const width = Math.min(40, Math.max(0, ...entries.map((entry) => visible(entry.name).length)));
  return host.terminal.choose(
    question,
    entries.map((entry) => choiceOf(entry, width)),
  );
}

/** What tells one entry from another besides its name, safe to show. */
export function entryFacts(entry: CatalogueEntry): string[] {
  const facts = [
    entry.accountId,
    entry.customer,
    ...tagWords(entry),
    entry.region,
    entry.isProtected ? 'protected' : null,
  ];
  return facts.filter((fact) => fact !== null).map(visible);
}

/** Tells whether every word is found in some field of the entry; case is no difference. */
export function matchesWords(entry: CatalogueEntry, words: readonly string[]): boolean {
  const haystack = haystackOf(entry);
  return words.every((word) => haystack.includes(word.toLowerCase()));
}

function choiceOf(entry: CatalogueEntry, width: number): Choice<CatalogueEntry> {
  return {
    name: [visible(entry.name).padEnd(width), ...entryFacts(entry)].join('  ').trimEnd(),
    value: entry,
    haystack: haystackOf(entry),
  };
}

function haystackOf(entry: CatalogueEntry): string {
  const { names, accountId, accountName, customer, roleName, region, roleArn } = entry;
  return [...names, accountId, accountName, customer, roleName, region, roleArn, ...tagWords(entry)]
    .filter((field) => field !== null)
    .join(' ')
    .toLowerCase();
}

function tagWords({ tags }: CatalogueEntry): string[] {
  return Object.entries(tags).map(([key, value]) => `${key}=${value}`);
}
