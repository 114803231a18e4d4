import { readConfig, type Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { readLiveEntries } from '../store/live-entries.js';
import { findStore } from '../store/stores.js';
import { makeCatalogue, type CatalogueEntry } from '../target/catalogue.js';
import { findLonelyWord, matchesWords } from '../target/match-words.js';
import { nothingConfigured } from '../target/nothing-configured.js';
import { visible, visibleJson } from '../visible.js';
import type { Command } from './command.js';
import { formatCsv } from './list-csv.js';
import type { ListRow } from './list-row.js';
import { formatTable } from './list-table.js';
import { formatNames } from './name-lines.js';

/** The catalogue, or those targets that every word matches. */
export const command: Command = {
  run: async ({ operands, options }, host) => {
    if ([options.json, options.csv, options.names].filter(Boolean).length > 1) {
      throw new AssumeError('USAGE', '--json, --csv and --names exclude each other', {
        hint: 'give one of them: assume list --json',
      });
    }
    const config = readConfig(host);
    const catalogue = makeCatalogue(config);
    const rows = findRows(host, config, catalogue, operands);
    if (options.json) host.stdout(`${visibleJson(listJson(rows))}\n`);
    else if (options.csv) host.stdout(formatCsv(rows));
    else if (options.names) host.stdout(formatNames(rows.map(({ entry }) => entry.name)));
    else if (rows.length > 0) host.stdout(await formatTable(rows, host));
    else if (!options.quiet) host.stderr(explainNothing(config, catalogue, operands));
    return 0;
  },
};

function findRows(
  host: Host,
  config: Config,
  catalogue: readonly CatalogueEntry[],
  words: readonly string[],
): ListRow[] {
  const expirations = new Map<string, Date>();
  const store = findStore({ host, config, options: {}, lockWaitMs: null });
  for (const { target, keptUntil } of readLiveEntries(host, store)) {
    if (target === null) continue;
    const known = expirations.get(target);
    if (!known || known < keptUntil) expirations.set(target, keptUntil);
  }
  return catalogue
    .filter((entry) => matchesWords(entry, words))
    .map((entry) => ({ entry, expiration: expirations.get(entry.name) ?? null }));
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
function explainNothing(
  config: Config,
  catalogue: readonly CatalogueEntry[],
  words: readonly string[],
): string {
  if (catalogue.length === 0) {
    const { message, hint = '' } = nothingConfigured(config);
    return `assume: ${message}\n${hint.replaceAll(/^/gm, '  ')}\n`;
  }
  const lonely = findLonelyWord(catalogue, words);
  const near = lonely?.near.map(visible).join(', ') ?? '';
  const about = words.length > 1 && lonely ? ` to ${visible(lonely.word)}` : '';
  const hint =
    near !== ''
      ? `nearest${about}: ${near}`
      : `${lonely ? '' : 'fewer words match more; '}see all: assume list`;
  return `assume: no target matches ${words.map(visible).join(' ')}\n  ${hint}\n`;
}
