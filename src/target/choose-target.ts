import type { Options } from '../argv.js';
import type { Host } from '../host/host.js';
import { visible } from '../visible.js';
import { entryColumns } from './entry-columns.js';
import type { ListedTarget } from './listed-target.js';
import { haystackOf } from './match-words.js';

/**
 * Lets a person pick one of the entries, and says what to type the next time. Each typed word must
 * match its name, account, customer, role, tag or region.
 *
 * @throws AssumeError CANCELLED when nothing is picked.
 */
export async function chooseTarget<T extends ListedTarget>(
  host: Host,
  question: string,
  entries: readonly T[],
  options: Options,
): Promise<T> {
  const { fitRows } = await import('./fit-rows.js');
  const table = entryColumns(entries);
  const entry = await host.terminal.choose(
    visible(question),
    entries.map((entry) => ({
      name: visible(entry.name),
      value: entry,
      haystack: haystackOf(entry),
    })),
    (width) => fitRows(table, width),
  );
  if (!options.quiet) host.stderr(`assume: next time: assume ${quoted(entry.name)}\n`);
  return entry;
}

function quoted(name: string): string {
  return /^[\w@%+=:,./-]+$/.test(name) ? name : `'${visible(name).replaceAll("'", `'\\''`)}'`;
}
