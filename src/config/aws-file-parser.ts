import type { AwsFile, AwsFileKind } from './aws-file.js';
import {
  hasOddBlank,
  indentation,
  isComment,
  parsePropertyLine,
  splitLines,
} from './aws-file-lines.js';
import { malformed } from './aws-file-malformed.js';
import { headerBeforeComment, readAwsHeader } from './aws-header.js';
import { AwsProperty, type AwsLine } from './aws-property.js';
import { isAwsIdentifier, parseSectionName } from './aws-section-name.js';
import { AwsSections, type OpenSection } from './aws-sections.js';
import { AwsWarnings, type Warn } from './aws-warnings.js';
import { propertyRows } from './property-rows.js';
import type { ToleranceName } from './tolerances.js';

/**
 * Reads a config or credentials file by the grammar that the SDKs share. What that grammar has no
 * place for and the AWS CLI reads is read as the AWS CLI does; what tools read in different ways
 * comes with a warning. Values are never part of a message: they may be secrets.
 *
 * @param file - The path that places and messages name.
 * @throws AssumeError `CONFIG_INVALID` with `file:line:column` when neither would read the file.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function parseAwsFile(text: string, file: string, kind: AwsFileKind): AwsFile {
  const parse = new AwsFileParse(file, kind);
  parse.noteEncoding(text);
  splitLines(text).forEach((line, index) => {
    parse.read(line, index + 1);
  });
  return parse.end();
}

/** What matters even in a section that is left out: the file's other sections suffer. */
const FOR_THE_FILE: readonly ToleranceName[] = ['repeated-key', 'header-in-value'];

/** One run over a file: what has been read, and what a deeper line would continue. */
class AwsFileParse {
  readonly #file: string;
  readonly #kind: AwsFileKind;
  readonly #warnings: AwsWarnings;
  readonly #sections: AwsSections;
  #section: OpenSection | null = null;
  #isLeftOut = false;
  #hasIndented = false;
  #property: AwsProperty | null = null;

  constructor(file: string, kind: AwsFileKind) {
    this.#file = file;
    this.#kind = kind;
    this.#warnings = new AwsWarnings(file);
    this.#sections = new AwsSections(file, this.#warnings.add);
  }

  noteEncoding(text: string): void {
    const note = (row: ToleranceName, at: number): void => {
      if (at === -1) return;
      const lines = splitLines(text.slice(0, at));
      this.#warn(row, lines.length, (lines.at(-1) ?? '').length + 1);
    };
    note('not-utf8', text.indexOf('\uFFFD'));
    note('lone-carriage-return', text.search(/\r(?!\n)/));
  }

  /**
   * A line deeper than the property above it continues it. Where properties start in the first
   * column, as the SDKs want, that is any indented line.
   */
  read(physical: string, number: number): void {
    const content = physical.replace(/^\uFEFF/, '');
    if (content !== physical) {
      this.#warnings.add(number === 1 ? 'byte-order-mark' : 'byte-order-mark-within', number, 1);
    }
    const column = indentation(content) + 1;
    const line: AwsLine = { text: content.trim(), file: this.#file, line: number, column };
    if (hasOddBlank(content)) this.#warn('odd-blank', number, 1);
    if (line.text === '') this.#property?.noteBlankLine(number);
    else if (isComment(line.text)) {
      if (column > 1) this.#warn('indented-comment', number, column);
    } else if (this.#property && column > this.#property.column) {
      this.#property.continueWith(line);
    } else {
      this.#endProperty();
      if (line.text.startsWith('[')) this.#readHeader(line);
      else this.#readProperty(line);
    }
  }

  end(): AwsFile {
    this.#endProperty();
    const sections = this.#sections.end();
    return { ...sections, warnings: this.#warnings.all() };
  }

  #readHeader(line: AwsLine): void {
    const header = readAwsHeader(line.text, this.#kind);
    if (!header) throw malformed(line, 'header', headerBeforeComment(line.text).length);
    const named = parseSectionName(header.text, this.#kind);
    const rows = [...header.rows, ...(named.row === null ? [] : [named.row])];
    if (line.column > 1) rows.push('indented-header');
    for (const row of rows)
      this.#warnings.add(row, line.line, line.column, { header: header.text });
    this.#section = this.#sections.open(header, named, line.line, line.column);
    this.#isLeftOut = named.kind === null;
    this.#hasIndented = false;
  }

  #readProperty(line: AwsLine): void {
    if (!this.#section) throw malformed(line, 'outside');
    const property = parsePropertyLine(line.text, isAwsIdentifier);
    if (!property || property.key === '') throw malformed(line, property ? 'name' : 'property');
    const earlierLine = this.#sections.repeats.noteKey(keyInAwsCli(line.text), line.line);
    if (earlierLine !== null) this.#warn('repeated-key', line.line, line.column, { earlierLine });
    for (const [row, at] of propertyRows(line.text, property)) {
      this.#warn(row, line.line, line.column + at);
    }
    if (line.column > 1 && !this.#hasIndented) {
      this.#hasIndented = true;
      this.#warn('indented-property', line.line, line.column);
    }
    this.#property = new AwsProperty(property, line, this.#warn);
  }

  readonly #warn: Warn = (row, ...place) => {
    if (!this.#isLeftOut || FOR_THE_FILE.includes(row)) this.#warnings.add(row, ...place);
  };

  #endProperty(): void {
    const property = this.#property;
    if (!property) return;
    const value = property.end();
    if (isAwsIdentifier(property.key)) this.#section?.values.set(property.key, value);
    this.#property = null;
  }
}

/** The AWS CLI ends a key at the first `=` or colon. */
function keyInAwsCli(line: string): string {
  return line.slice(0, line.search(/[=:]/)).trim().toLowerCase();
}
