import anyWidthOf from 'fast-string-width';
import { isPlain } from './visible.js';

/** What stands between two columns. */
export const GAP = '  ';

/**
 * The rows' cells, filled with blanks so that each column begins at the same place of a terminal,
 * where a letter may take two cells or none and a colour takes none. A column that is empty in every
 * row is left out, and nothing follows a row's last cell.
 */
export function alignColumns(rows: readonly (readonly string[])[]): string[][] {
  const widths: number[] = [];
  for (const row of rows) {
    for (let column = 0; column < row.length; column++) {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(row[column] ?? ''));
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

/** Most texts need no table of characters. */
const widthOf = (text: string): number => (isPlain(text) ? text.length : anyWidthOf(text));

/** The text with blanks after it, up to a width in a terminal's cells. */
export function fill(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** How many of a terminal's cells the longest of the texts takes. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text)), 0);
}

/** The text where it fits, else its beginning and an ellipsis. */
export function cutEnd(text: string, width: number): string {
  return widthOf(text) <= width ? text : `${take(lettersOf(text), width - 1).join('')}…`;
}

/** The text where it fits, else its two ends and an ellipsis between them. */
export function cutMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const letters = lettersOf(text);
  const tail = take(letters.toReversed(), Math.floor((width - 1) / 2)).reverse();
  const head = take(letters, width - 1 - widthOf(tail.join('')));
  return `${head.join('')}…${tail.join('')}`;
}

/** What a person takes for letters, with the marks that belong to them. */
function lettersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/** As many of the first letters as fit. */
function take(letters: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let left = width;
  for (const letter of letters) {
    left -= widthOf(letter);
    if (left < 0) break;
    taken.push(letter);
  }
  return taken;
}
