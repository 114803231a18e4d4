import { alignColumns } from '../columns.js';
import { timeLeft } from '../delivery/switch-line.js';
import type { Host } from '../host/host.js';
import { entryColumns } from '../target/entry-columns.js';
import type { ListRow } from './list-row.js';

/** The rows for a person: in columns, the name in the target's colour, red where it is protected. */
export async function formatTable(rows: readonly ListRow[], host: Host): Promise<string> {
  const { Chalk } = await import('chalk');
  const isColored = host.terminal.stdoutIsTerminal && !host.env['NO_COLOR'];
  const paint = new Chalk({ level: isColored ? 1 : 0 });
  const columns = entryColumns(rows.map(({ entry }) => entry));
  const cells = rows.map(({ expiration }, index) => [
    ...(columns[index] ?? []),
    expiration ? `${timeLeft(expiration, host.now())} left` : '',
  ]);
  const lines = alignColumns(cells).map(([name = '', ...facts], index) => {
    const entry = rows[index]?.entry;
    const color = entry?.color ?? (entry?.isProtected ? 'red' : null);
    const shown = color === null ? name : paint[color as 'red'](name);
    return facts.length === 0 ? shown : `${shown}  ${paint.dim(facts.join('  '))}`;
  });
  return `${lines.join('\n')}\n`;
}
