import type { RawValue } from './ini-values.js';
import type { Report } from './problems.js';

/** A line `key = value` as it stands. */
export interface RawSetting extends RawValue {
  readonly key: string;
  /** Where the key begins, counted from 1. */
  readonly column: number;
  /** Where the value begins; where there is none, the key. */
  readonly valueColumn: number;
}

/** A header and what stands under it; `header` is the text between the brackets. */
export interface RawSection {
  readonly header: string;
  readonly line: number;
  /** Of its bracket, counted from 1. */
  readonly column: number;
  readonly settings: readonly RawSetting[];
}

/**
 * Finds the headers and the keys of a file, each with its line and column, counted from 1. Whole lines of
 * comment start with `;` or `#`, indented or not. What is neither is a problem.
 */
export function scanAssumeLines(text: string, file: string, report: Report): RawSection[] {
  const sections: (RawSection & { readonly settings: RawSetting[] })[] = [];
  let isHomeless = false;
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  lines.forEach((whole, index) => {
    const content = whole.trim();
    const line = index + 1;
    const column = whole.length - whole.trimStart().length + 1;
    const place = { file, line, column };
    if (content === '' || /^[;#]/.test(content)) return;
    if (content.startsWith('[')) {
      const header = readHeader(content);
      if ('problem' in header) report({ ...place, column: column + header.at }, header.problem);
      const text = 'header' in header ? header.header : '';
      sections.push({ header: text, line, column, settings: [] });
      return;
    }
    const setting = readSetting(content, line, column);
    if ('problem' in setting) report(place, setting.problem);
    else if (sections.length > 0) sections.at(-1)?.settings.push(setting);
    else if (!isHomeless) {
      isHomeless = true;
      report(place, 'a key stands before the first section; put [settings] above it');
    }
  });
  return sections;
}

/** What is between the brackets, or what is wrong, and how far into the text. */
function readHeader(content: string): { header: string } | { problem: string; at: number } {
  const end = content.indexOf(']');
  if (end === -1) return { problem: 'the header does not end with "]"', at: 0 };
  if (!/^\s*(?:[;#]|$)/.test(content.slice(end + 1))) {
    return { problem: 'only a comment (; or #) may follow the "]" of a header', at: end + 1 };
  }
  const header = content.slice(1, end).trim();
  return header === '' ? { problem: 'the header is empty', at: 0 } : { header };
}

function readSetting(
  content: string,
  line: number,
  column: number,
): RawSetting | { problem: string } {
  const equals = content.indexOf('=');
  if (equals === -1) {
    return { problem: 'expected "key = value", and there is no "="; a comment starts with ; or #' };
  }
  const key = content.slice(0, equals).trim();
  if (key === '') return { problem: 'there is no key before the "="' };
  const raw = content.slice(equals + 1);
  const blanks = raw.length - raw.trimStart().length;
  const valueColumn = raw.trim() === '' ? column : column + equals + 1 + blanks;
  return { key, raw, line, column, valueColumn };
}
