/** A line `key = value`, taken apart. */
export interface PropertyLine {
  /** Its ASCII letters in lower case. */
  readonly key: string;
  readonly value: string;
  /** The line had a colon where the shared grammar wants `=`; the AWS CLI reads both. */
  readonly colon: boolean;
}

/** Physical lines, whatever ends them: LF, CRLF or a lone CR. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** Removes spaces and tabs at both ends: nothing else is whitespace to AWS's grammar. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start++;
  while (end > start && isBlank(text[end - 1])) end--;
  return text.slice(start, end);
}

/** How many spaces and tabs the line starts with. */
export function indentation(line: string): number {
  let width = 0;
  while (isBlank(line[width])) width++;
  return width;
}

export function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

/** A `#` or `;` as the first character starts a comment. */
export function isComment(text: string): boolean {
  return text.startsWith('#') || text.startsWith(';');
}

/**
 * Takes `key = value` apart at the first `=`, without a comment that follows a blank; at the first
 * colon only where that makes a name and `=` does not.
 *
 * @param isName - Whether a text before a colon may be a key.
 * @returns An empty `key` when nothing stands before the `=`; `null` when there is neither.
 */
export function parsePropertyLine(
  line: string,
  isName: (text: string) => boolean,
): PropertyLine | null {
  const comment = line.search(/[ \t][#;]/);
  const text = trimBlanks(comment === -1 ? line : line.slice(0, comment));
  const equals = text.indexOf('=');
  const property = equals === -1 ? null : cut(text, equals, false);
  if (property && (property.key === '' || isName(property.key))) return property;
  const colon = text.indexOf(':');
  const tolerated = colon === -1 ? null : cut(text, colon, true);
  return tolerated && isName(tolerated.key) ? tolerated : property;
}

function cut(text: string, at: number, colon: boolean): PropertyLine {
  const key = trimBlanks(text.slice(0, at)).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return { key, value: trimBlanks(text.slice(at + 1)), colon };
}
