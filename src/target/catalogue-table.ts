import { alignColumns, fill, GAP, widest } from '../columns.js';
import { entryColumns } from './entry-columns.js';
import type { ListedTarget } from './listed-target.js';

/** The catalogue as a person sees it, but for what changes by the minute. */
export interface CatalogueTable {
  readonly rows: readonly TableRow[];
  /** In cells of a terminal: of the names, and of what stands after them. */
  readonly widths: readonly [name: number, facts: number];
}

/** The name, safe to show; what stands after it, in columns; and the name's colour, if it has one. */
export type TableRow = readonly [name: string, facts: string, color: string | null];

/** The table of these targets; the name in the target's colour, red where it is protected. */
export function makeTable(targets: readonly ListedTarget[]): CatalogueTable {
  const columns = entryColumns(targets);
  const rows = alignColumns(columns).map(([, ...facts], at): TableRow => [
    columns[at]?.[0] ?? '',
    facts.join(GAP),
    colorOf(targets[at]),
  ]);
  return {
    rows,
    widths: [widest(rows.map(([name]) => name)), widest(rows.map(([, facts]) => facts))],
  };
}

/** How a text of some colour is shown; the facts are `dim`. */
export type Paint = (color: string | null, text: string) => string;

/** A line for each row. @param left - What is to be said of the target of that name, if anything. */
export function formatTable(
  { rows, widths: [nameWidth, factsWidth] }: CatalogueTable,
  left: ReadonlyMap<string, string>,
  paint: Paint,
): string {
  const lines = rows.map(([name, facts, color]) => {
    const time = left.get(name);
    const known = factsWidth > 0 && time !== undefined ? `${fill(facts, factsWidth)}${GAP}` : facts;
    const after = time === undefined ? facts : `${known}${time}`;
    return after === ''
      ? paint(color, name)
      : `${paint(color, fill(name, nameWidth))}${GAP}${paint('dim', after)}`;
  });
  return `${lines.join('\n')}\n`;
}

function colorOf(target: ListedTarget | undefined): string | null {
  return target?.color ?? (target?.isProtected ? 'red' : null);
}
