import { timeLeft } from '../delivery/switch-line.js';
import type { Host } from '../host/host.js';
import { formatTable, type CatalogueTable, type Paint } from '../target/catalogue-table.js';
import { visible } from '../visible.js';

/** The table as the terminal shows it, with the time that is left of what is cached, by target. */
export async function showTable(
  host: Host,
  table: CatalogueTable,
  expirations: ReadonlyMap<string, Date>,
): Promise<string> {
  const left = [...expirations].map(
    ([name, end]) => [visible(name), `${timeLeft(end, host.now())} left`] as const,
  );
  return formatTable(table, new Map(left), await painter(host));
}

/** Colours are for a terminal; what paints them is not loaded for anything else. */
async function painter({ terminal, env }: Host): Promise<Paint> {
  if (!terminal.stdoutIsTerminal || env['NO_COLOR']) return (_color, text) => text;
  const { Chalk } = await import('chalk');
  const paint = new Chalk({ level: 1 });
  return (color, text) => (color === null ? text : paint[color as 'red'](text));
}
