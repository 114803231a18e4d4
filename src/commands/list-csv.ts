import { tagWords } from '../target/match-words.js';
import { visible } from '../visible.js';
import type { ListRow } from './list-row.js';

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

/** The rows for a spreadsheet, under a line of column names. */
export function formatCsv(rows: readonly ListRow[]): string {
  const head = [...COLUMNS, 'tags', 'protected', 'expiration'].join(',');
  const lines = rows.map(({ entry, expiration }) =>
    [
      ...COLUMNS.map((column) => entry[column] ?? ''),
      tagWords(entry).join(' '),
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
