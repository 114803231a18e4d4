import widthOf from 'fast-string-width';

/**
 * The rows' cells, filled with blanks so that each column begins at the same place of a terminal,
 * where a letter may take two cells or none and a colour takes none. A column that is empty in every
 * row is left out, and nothing follows a row's last cell.
 */
export function alignColumns(rows: readonly (readonly string[])[]): string[][] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    }
  }
  return rows.map((row) => {
    const last = row.findLastIndex((cell) => cell !== '');
    return row
      .slice(0, last + 1)
      .map((cell, column) => (column === last ? cell : fill(cell, widths[column] ?? 0)))
      .filter((_, column) => widths[column] !== 0);
  });
}

/** The text with blanks after it, up to a width in a terminal's cells. */
export function fill(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
