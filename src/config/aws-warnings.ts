import type { ToleranceName } from './tolerances.js';

/** A place that other tools read otherwise than we do, or that nobody reads. Counted from 1. */
export interface AwsWarning {
  readonly row: ToleranceName;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The text between the brackets of the header that it is about; `null` for any other line. */
  readonly header: string | null;
  /** Where the file says it first, of what it says twice; else `null`. */
  readonly earlierLine: number | null;
}

/** Takes note of a row at a place. */
export type Warn = (
  row: ToleranceName,
  line: number,
  column: number,
  about?: { readonly header?: string | null; readonly earlierLine?: number | null },
) => void;

/** More would help nobody, and a file of garbage has millions. */
const MOST_WARNINGS = 100;

/** What is to be told of one file. */
export class AwsWarnings {
  readonly #file: string;
  readonly #found: AwsWarning[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  readonly add: Warn = (row, line, column, { header = null, earlierLine = null } = {}) => {
    if (this.#found.length >= MOST_WARNINGS) return;
    this.#found.push({ row, file: this.#file, line, column, header, earlierLine });
  };

  /** In the order of the file. */
  all(): AwsWarning[] {
    return [...this.#found].sort((a, b) => a.line - b.line || a.column - b.column);
  }
}
