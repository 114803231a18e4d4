import { alignColumns, cutEnd, cutMiddle, GAP, widest } from '../columns.js';

/**
 * Rows of cells as lines, none longer than the width: of each its name first, then its account ID,
 * which is never cut. A long name gives way to it, but keeps both its ends: the account and the role.
 */
export function fitRows(rows: readonly (readonly string[])[], width: number): string[] {
  const account = widest(rows.map(([, cell = '']) => cell));
  const room = width - account - `${GAP}${GAP}…`.length;
  const cut = rows.map(([name = '', ...rest]) => [cutMiddle(name, room), ...rest]);
  return alignColumns(cut).map((cells) => cutEnd(cells.join(GAP), width));
}
