import { AssumeError } from '../errors.js';
import { indentation, isComment, trimBlanks } from './aws-file-lines.js';
import { headerBeforeComment } from './aws-header.js';
import { fromBytes } from './ini-writable.js';

/** A physical line of one of AWS's files, for editing. */
export interface IniLine {
  /** Without its end, as latin1; the byte order mark of a first line is not part of it. */
  readonly content: string;
  /** LF, CRLF, CR, or nothing for a last line without one. */
  readonly end: string;
  /** `more` continues the key above it, as every deeper line does, comments too. */
  readonly kind: 'blank' | 'comment' | 'header' | 'key' | 'more';
  /** The section that the line is in or begins; `null` above the first, or where it has no name. */
  readonly section: string | null;
  /** The key, in lower case, that the line gives or continues; `null` when it has none. */
  readonly key: string | null;
}

/** UTF-8's mark as the three bytes that a latin1 text shows. */
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';

/** The byte order mark that the text starts with, or nothing. */
export function byteOrderMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
}

/**
 * Tells what each line is, as `parseAwsFile` reads it: a line deeper than a key continues it.
 * Joined again, the lines are the text.
 *
 * @param text - latin1, so that every byte survives.
 * @throws AssumeError `CONFIG_INVALID` for an indented header: an edit above it could swallow it.
 */
export function readIniLines(text: string): IniLine[] {
  const lines: IniLine[] = [];
  let section: string | null = null;
  let key: { readonly name: string | null; readonly depth: number } | null = null;
  const body = text.slice(byteOrderMark(text).length);
  for (const [whole] of body.matchAll(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+/g)) {
    const content = whole.replace(/[\r\n]+$/, '');
    const text = fromBytes(content);
    const kind = kindOf(text, key);
    if (kind === 'header') {
      if (indentation(text) > 0) throw indentedHeader(lines.length + 1);
      [section, key] = [headerName(text), null];
    }
    if (kind === 'key') key = { name: keyName(text), depth: indentation(text) };
    const name = kind === 'key' || kind === 'more' ? (key?.name ?? null) : null;
    lines.push({ content, end: whole.slice(content.length), kind, section, key: name });
  }
  return lines;
}

/** A header's name as it is compared: blanks at its ends do not count, several are one. */
export function normalizeName(name: string): string {
  return trimBlanks(name).replace(/[ \t]+/g, ' ');
}

function kindOf(line: string, key: { readonly depth: number } | null): IniLine['kind'] {
  const text = line.trim();
  if (text === '') return 'blank';
  if (key && indentation(line) > key.depth) return 'more';
  if (text.startsWith('[')) return 'header';
  return isComment(text) ? 'comment' : 'key';
}

/** As the SDKs read it; else, where they refuse the line, as the AWS CLI does. */
function headerName(line: string): string | null {
  const header = headerBeforeComment(line);
  const last = header.endsWith(']') ? header.length - 1 : line.lastIndexOf(']');
  return last === -1 ? null : normalizeName(line.slice(1, last));
}

/** Up to the first `=` or colon: wherever one reader or the other would see the key, it is that key. */
function keyName(line: string): string | null {
  const end = line.search(/[=:]/);
  return end === -1 ? null : line.slice(0, end).trim().toLowerCase();
}

function indentedHeader(line: number): AssumeError {
  return new AssumeError('CONFIG_INVALID', `line ${String(line)} is an indented section header`, {
    hint: 'Remove the blanks before its "[".',
  });
}
