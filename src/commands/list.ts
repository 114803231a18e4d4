import { brief } from '../brief.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { readListing, readTable, type Listing } from '../store/catalogue-index.js';
import { readLiveEntries } from '../store/live-entries.js';
import { showSessions } from '../store/sealed-stores.js';
import { makeTable } from '../target/catalogue-table.js';
import { findLonelyWord, matchesWords } from '../target/match-words.js';
import { visible, visibleJson } from '../visible.js';
import type { Command } from './command.js';
import { formatCsv } from './list-csv.js';
import type { ListRow } from './list-row.js';
import { showTable } from './list-table.js';
import { formatNames } from './name-lines.js';

/** The catalogue, or those targets that every word matches. */
export const command: Command = {
  run: async ({ operands, options }, host) => {
    if ([options.json, options.csv, options.names].filter(Boolean).length > 1) {
      throw new AssumeError('USAGE', '--json, --csv and --names exclude each other', {
        hint: 'give one of them: assume list --json',
      });
    }
    if (operands.length === 0 && !options.json && !options.csv && !options.names) {
      const noted = readTable(host);
      if (noted) {
        host.stdout(await showTable(host, noted.table, findExpirations(host, noted)));
        return 0;
      }
    }
    const listing = readListing(host) ?? (await walk(host));
    const targets = listing.targets.filter((target) => matchesWords(target, operands));
    const expirations = findExpirations(host, listing);
    const rows = targets.map((entry) => ({
      entry,
      expiration: expirations.get(entry.name) ?? null,
    }));
    if (options.json) host.stdout(`${visibleJson(listJson(rows))}\n`);
    else if (options.csv) host.stdout(formatCsv(rows));
    else if (options.names) host.stdout(formatNames(targets.map(({ name }) => name)));
    else if (rows.length > 0) host.stdout(await showTable(host, makeTable(targets), expirations));
    else if (!options.quiet) host.stderr(brief(await explainNothing(host, listing, operands)));
    return 0;
  },
};

async function walk(host: Host): Promise<Listing> {
  const { makeListing } = await import('./make-listing.js');
  return makeListing(host);
}

/** Until when credentials are cached, by target. */
function findExpirations(host: Host, { store }: Pick<Listing, 'store'>): Map<string, Date> {
  const expirations = new Map<string, Date>();
  const live = store === null ? [] : readLiveEntries(host, showSessions(host, store));
  for (const { target, keptUntil } of live) {
    if (target === null) continue;
    const known = expirations.get(target);
    if (!known || known < keptUntil) expirations.set(target, keptUntil);
  }
  return expirations;
}

function listJson(rows: readonly ListRow[]): object {
  return {
    version: 1,
    targets: rows.map(({ entry, expiration }) => ({
      name: entry.name,
      kind: entry.kind,
      accountId: entry.accountId,
      accountName: entry.accountName,
      roleName: entry.roleName,
      roleArn: entry.roleArn,
      customer: entry.customer,
      tags: entry.tags,
      region: entry.region,
      color: entry.color,
      protected: entry.isProtected,
      expiration,
      origin: { file: entry.origin.file, line: entry.origin.line },
    })),
  };
}

/** No failure, and yet in its form: what was looked for, and what to type next. */
async function explainNothing(
  host: Host,
  { targets }: Listing,
  words: readonly string[],
): Promise<string> {
  if (targets.length === 0) {
    const { explainEmpty } = await import('./make-listing.js');
    return explainEmpty(host);
  }
  const lonely = findLonelyWord(targets, words);
  const near = lonely?.near.map(visible).join(', ') ?? '';
  const about = words.length > 1 && lonely ? ` to ${visible(lonely.word)}` : '';
  const hint =
    near !== ''
      ? `nearest${about}: ${near}`
      : `${lonely ? '' : 'fewer words match more; '}see all: assume list`;
  return `assume: no target matches ${words.map(visible).join(' ')}\n  ${hint}\n`;
}
