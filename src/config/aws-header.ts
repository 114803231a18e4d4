import type { AwsFileKind } from './aws-file.js';
import { trimBlanks } from './aws-file-lines.js';
import type { ToleranceName } from './tolerances.js';

/** A section's header, taken apart. */
export interface AwsHeader {
  /** What stands between its brackets, without blanks at its ends. */
  readonly text: string;
  /** The same as the AWS CLI has it: as it stands, and up to the last bracket of the line. */
  readonly asInAwsCli: string;
  /** Whether that still means the same section to the AWS CLI. */
  readonly isSeenByAwsCli: boolean;
  /** What is to be told of its form. */
  readonly rows: readonly ToleranceName[];
}

/**
 * Reads a line that starts with a bracket. A comment may follow, and needs no blank before it; a
 * header that does not end before it reaches to the last bracket of the line, as in the AWS CLI.
 *
 * @returns `null` when no bracket closes it.
 */
export function readAwsHeader(line: string, file: AwsFileKind): AwsHeader | null {
  const last = line.lastIndexOf(']');
  if (last === -1) return null;
  const asInAwsCli = line.slice(1, last);
  const header = headerBeforeComment(line);
  if (!header.endsWith(']')) {
    const isLast = trimBlanks(line.slice(last + 1)) === '';
    const row = isLast ? signRow(asInAwsCli) : 'text-after-header';
    return makeHeader(asInAwsCli, asInAwsCli, [row], file);
  }
  const rows: ToleranceName[] = [];
  if (last >= header.length) rows.push('bracket-in-comment');
  if (/[#;]/.test(line.charAt(header.length))) rows.push('comment-at-header');
  return makeHeader(header.slice(1, -1), asInAwsCli, rows, file);
}

/** The line without a comment and the blanks before it. */
export function headerBeforeComment(line: string): string {
  const sign = line.search(/[#;]/);
  return trimBlanks(sign === -1 ? line : line.slice(0, sign));
}

function makeHeader(
  inside: string,
  asInAwsCli: string,
  found: readonly ToleranceName[],
  file: AwsFileKind,
): AwsHeader {
  const rows = [...found, ...blankRows(inside, file)];
  if (asInAwsCli === '') rows.push('empty-header');
  const isSeenByAwsCli = !rows.some(
    (row) => row === 'bracket-in-comment' || row === 'padded-header',
  );
  return { text: trimBlanks(inside), asInAwsCli, isSeenByAwsCli, rows };
}

/** For a header whose name has a # or ; in it. */
function signRow(inside: string): ToleranceName {
  return /\s[#;]/.test(inside) ? 'comment-in-header' : 'sign-in-header';
}

/** The AWS CLI takes blanks as they are, but for those after a word such as `profile`. */
function blankRows(inside: string, file: AwsFileKind): ToleranceName[] {
  const text = trimBlanks(inside);
  const isTyped = file === 'config' && /[ \t]/.test(text);
  if (inside !== text && !(isTyped && inside.startsWith(text))) return ['padded-header'];
  return inside !== text || (isTyped && /[ \t]{2}/.test(text)) ? ['wide-header'] : [];
}
