import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';

/** A place in one of assume's own files, counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Tells of something wrong; a message that costs time to find is a function. */
export type Report = (place: Place, message: string | (() => string)) => void;

/** More would help nobody, and a file of garbage has millions. */
const MOST_PROBLEMS = 100;

/** Everything that is wrong in some files, to be told at once. */
export class Problems {
  readonly #found: (Place & { readonly message: string })[] = [];
  #untold = 0;

  readonly report: Report = ({ file, line, column }, message) => {
    if (this.#found.length >= MOST_PROBLEMS) this.#untold++;
    else {
      const told = typeof message === 'string' ? message : message();
      this.#found.push({ file, line, column, message: told });
    }
  };

  /**
   * @param files - In the order in which they are told.
   * @throws AssumeError `CONFIG_INVALID` with a line `path:line:column: …` for each problem, if there is any.
   */
  throwIfAny(files: readonly string[]): void {
    if (this.#found.length === 0) return;
    const lines = [...this.#found]
      .sort(
        (a, b) =>
          files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
      )
      .map(
        ({ file, line, column, message }) =>
          `${[visible(file), line, column].join(':')}: ${message}`,
      );
    if (this.#untold > 0) lines.push(`and ${String(this.#untold)} more problems`);
    throw new AssumeError('CONFIG_INVALID', lines.join('\n'), {
      hint: 'correct it, then run: assume config check',
    });
  }
}
