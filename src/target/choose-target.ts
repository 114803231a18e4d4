import type { Host } from '../host/host.js';
import { visible } from '../visible.js';
import type { CatalogueEntry } from './catalogue.js';
import { entryColumns } from './entry-columns.js';
import { haystackOf } from './match-words.js';

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
  const { fitRows } = await import('./fit-rows.js');
  const table = entryColumns(entries);
  return host.terminal.choose(
    visible(question),
    entries.map((entry) => ({
      name: visible(entry.name),
      value: entry,
      haystack: haystackOf(entry),
    })),
    (width) => fitRows(table, width),
  );
}
