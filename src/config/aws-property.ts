import type { AwsValue } from './aws-file.js';
import { isBracketed, parseBlockLine, type PropertyLine } from './aws-file-lines.js';
import { malformed } from './aws-file-malformed.js';
import type { Warn } from './aws-warnings.js';
import { blockRows, emptyRow } from './property-rows.js';

/** A line that says something, without the blanks around it. Lines and columns count from 1. */
export interface AwsLine {
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A property while deeper lines may continue it. */
export class AwsProperty {
  readonly key: string;
  readonly #place: Omit<AwsLine, 'text'>;
  readonly #warn: Warn;
  readonly #valueColumn: number;
  #value: string;
  #subproperties: Map<string, AwsValue> | null = null;
  #isContinued = false;
  #blankLine: number | null = null;

  /** @param warn - Takes what there is to tell. */
  constructor(property: PropertyLine, line: AwsLine, warn: Warn) {
    const { text: _, ...place } = line;
    this.key = property.key;
    this.#value = property.value;
    this.#place = place;
    this.#valueColumn = valueColumn(line, property);
    this.#warn = warn;
  }

  /** Counted from 1. */
  get column(): number {
    return this.#place.column;
  }

  noteBlankLine(line: number): void {
    this.#blankLine ??= line;
  }

  /**
   * Takes a deeper line: of a block of sub-properties where the property has no value of its own.
   *
   * @throws AssumeError `CONFIG_INVALID` for a line of a block that is no `key = value`.
   */
  continueWith(line: AwsLine): void {
    if (this.#value === '' || this.#subproperties) this.#readSubproperty(line);
    else this.#noteContinuation(line);
    this.#value += `\n${line.text}`;
    this.#isContinued = true;
    this.#blankLine = null;
  }

  /** What it is after its last line. */
  end(): AwsValue {
    const { line, column } = this.#place;
    const row = this.#value === '' && !this.#isContinued ? emptyRow(this.key) : null;
    if (row !== null) this.#warn(row, line, column);
    return {
      ...this.#place,
      value: this.#value,
      column: this.#valueColumn,
      subproperties: this.#subproperties,
    };
  }

  #readSubproperty(line: AwsLine): void {
    const property = parseBlockLine(line.text);
    if (!property || property.key === '') {
      throw malformed(line, property ? 'name' : 'subproperty');
    }
    const { text, file, line: number } = line;
    this.#subproperties ??= new Map();
    this.#subproperties.set(property.key, {
      ...{ value: property.value, file, line: number, column: valueColumn(line, property) },
      subproperties: null,
    });
    for (const [row, at] of blockRows(text, property)) {
      this.#warn(row, line.line, line.column + at);
    }
  }

  #noteContinuation({ text, line, column }: AwsLine): void {
    if (isBracketed(text)) this.#warn('header-in-value', line, column);
    else if (parseBlockLine(text)) this.#warn('property-in-value', line, column);
    else if (!this.#isContinued) this.#warn('continued-value', line, column);
    if (this.#blankLine !== null) this.#warn('blank-line-in-value', this.#blankLine, 1);
  }
}

function valueColumn({ text, column }: AwsLine, { delimiterAt, value }: PropertyLine): number {
  return value === '' ? column : column + text.indexOf(value.charAt(0), delimiterAt + 1);
}
