/** A line `key = value`, taken apart. Positions count from 0. */
export interface PropertyLine {
  /** Its ASCII letters in lower case. */
  readonly key: string;
  readonly value: string;
  /** Where the `=` stands, or the colon that the AWS CLI reads for one. */
  readonly delimiterAt: number;
  /** Where the comment after the value starts; `null` without one. */
  readonly commentAt: number | null;
}

/** Physical lines, whatever ends them: LF, CRLF or a lone CR. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** Removes spaces and tabs at both ends: nothing else is a blank to AWS's grammar. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start++;
  while (end > start && isBlank(text[end - 1])) end--;
  return text.slice(start, end);
}

/** Tells whether a blank at either end is neither a space nor a tab: most readers remove it too. */
export function hasOddBlank(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length !== text.length && trimBlanks(text) !== trimmed;
}

/** How many blanks the line starts with. */
export function indentation(line: string): number {
  return line.length - line.trimStart().length;
}

/** A `#` or `;` as the first character starts a comment. */
export function isComment(text: string): boolean {
  return text.startsWith('#') || text.startsWith(';');
}

/** Tells whether the text is a header, wherever it stands. */
export function isBracketed(text: string): boolean {
  return text.startsWith('[') && text.endsWith(']');
}

/**
 * Takes `key = value` apart at the first `=`, without a comment that follows a blank; at the first
 * colon only where that makes a name and `=` does not. What makes no name is taken apart all the
 * same where the AWS CLI does, which knows no comments there.
 *
 * @param isName - Whether a text may be a key.
 * @returns An empty `key` when nothing stands before the `=`; `null` when there is neither.
 */
export function parsePropertyLine(
  line: string,
  isName: (text: string) => boolean,
): PropertyLine | null {
  const comment = line.search(/[ \t][#;]/);
  const commentAt = comment === -1 ? null : comment + 1;
  const text = comment === -1 ? line : line.slice(0, comment);
  const property = cut(text, '=', commentAt);
  if (property && (property.key === '' || isName(property.key))) return property;
  const tolerated = cut(text, ':', commentAt);
  if (tolerated && isName(tolerated.key)) return tolerated;
  return property ?? tolerated ?? cut(line, '=', null) ?? cut(line, ':', null);
}

/**
 * Takes a line of an indented block apart at the first `=`. What looks like a comment is a part of
 * the value, and the case of letters stays.
 */
export function parseBlockLine(line: string): PropertyLine | null {
  const delimiterAt = line.indexOf('=');
  if (delimiterAt === -1) return null;
  const key = line.slice(0, delimiterAt).trim();
  return { key, value: line.slice(delimiterAt + 1).trim(), delimiterAt, commentAt: null };
}

function cut(text: string, delimiter: '=' | ':', commentAt: number | null): PropertyLine | null {
  const delimiterAt = text.indexOf(delimiter);
  if (delimiterAt === -1) return null;
  const key = lowerAscii(text.slice(0, delimiterAt).trim());
  return { key, value: text.slice(delimiterAt + 1).trim(), delimiterAt, commentAt };
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
