import { readConfig } from '../config/config.js';
import { timeLeft } from '../delivery/switch-line.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { makeSessionCache } from '../store/session-cache.js';
import { openStore } from '../store/stores.js';
import { entryFacts, matchesWords } from '../target/choose-target.js';
import { makeCatalogue, type CatalogueEntry } from '../target/catalogue.js';
import { visible, visibleJson } from '../visible.js';
import type { Command } from './command.js';

/** Names that every shell takes as they are. */
const SHELL_SAFE = /^[\w@%+=:,./-]+$/;

interface Row {
  readonly entry: CatalogueEntry;
  /** Until when credentials of it are cached. */
  readonly expiration: Date | null;
}

/** The catalogue, or those targets that every word matches. */
export const command: Command = {
  run: async ({ operands, options }, host) => {
    if ([options.json, options.csv, options.names].filter(Boolean).length > 1) {
      throw new AssumeError('USAGE', '--json, --csv and --names exclude each other', {
        hint: 'give one of them: assume list --json',
      });
    }
    const rows = findRows(host, operands);
    if (options.json) host.stdout(`${visibleJson(listJson(rows))}\n`);
    else if (options.csv) host.stdout(formatCsv(rows));
    else if (options.names) host.stdout(formatNames(rows));
    else host.stdout(await formatTable(rows, host));
    return 0;
  },
};

function findRows(host: Host, words: readonly string[]): Row[] {
  const config = readConfig(host);
  const now = host.now();
  const expirations = new Map<string, Date>();
  for (const { entry } of makeSessionCache(openStore(config, host)).all()) {
    const { target, keptUntil } = entry;
    if (target === null || keptUntil <= now) continue;
    const known = expirations.get(target);
    if (!known || known < keptUntil) expirations.set(target, keptUntil);
  }
  return makeCatalogue(config)
    .filter((entry) => matchesWords(entry, words))
    .map((entry) => ({ entry, expiration: expirations.get(entry.name) ?? null }));
}

function listJson(rows: readonly Row[]): object {
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

function formatNames(rows: readonly Row[]): string {
  const names = new Set(
    rows.map(({ entry }) => entry.name).filter((name) => SHELL_SAFE.test(name)),
  );
  return [...names].map((name) => `${name}\n`).join('');
}

const COLUMNS = [
  'name',
  'kind',
  'accountId',
  'accountName',
  'roleName',
  'roleArn',
  'customer',
  'region',
] as const;

function formatCsv(rows: readonly Row[]): string {
  const head = [...COLUMNS, 'tags', 'protected', 'expiration'].join(',');
  const lines = rows.map(({ entry, expiration }) =>
    [
      ...COLUMNS.map((column) => entry[column] ?? ''),
      Object.entries(entry.tags)
        .map(([key, value]) => `${key}=${value}`)
        .join(' '),
      entry.isProtected ? 'yes' : 'no',
      expiration?.toISOString() ?? '',
    ]
      .map((field) => csvField(visible(field)))
      .join(','),
  );
  return `${[head, ...lines].join('\r\n')}\r\n`;
}

/** Quoted where it must be, and never read as a formula by a spreadsheet. */
function csvField(value: string): string {
  const shown = /^[=+@\t\r-]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

async function formatTable(rows: readonly Row[], host: Host): Promise<string> {
  if (rows.length === 0) {
    host.stderr('assume: no target matches\n');
    return '';
  }
  const { Chalk } = await import('chalk');
  const isColored = host.terminal.stdoutIsTerminal && !host.env['NO_COLOR'];
  const paint = new Chalk({ level: isColored ? 1 : 0 });
  const width = Math.max(...rows.map(({ entry }) => visible(entry.name).length));
  const lines = rows.map(({ entry, expiration }) => {
    const color = entry.color ?? (entry.isProtected ? 'red' : null);
    const name = visible(entry.name).padEnd(width);
    const left = expiration ? [`${timeLeft(expiration, host.now())} left`] : [];
    const role = entry.kind === 'profile' ? [entry.roleName ?? 'keys'] : [];
    const facts = [...role, ...entryFacts(entry), ...left].join('  ');
    return `${color === null ? name : paint[color as 'red'](name)}  ${paint.dim(facts)}`.trimEnd();
  });
  return `${lines.join('\n')}\n`;
}
