import type { RawValue } from './ini-values.js';
import type { Report } from './problems.js';

/** A line `key = value` as it stands. */
export interface RawSetting extends RawValue {
  readonly key: string;
}

/** A header and what stands under it; `header` is the text between the brackets. */
export interface RawSection {
  readonly header: string;
  readonly line: number;
  readonly settings: readonly RawSetting[];
}

/**
 * Finds the headers and the keys of a file, each with its line, counted from 1. Whole lines of
 * comment start with `;` or `#`, indented or not. What is neither is a problem.
 */
export function scanAssumeLines(text: string, file: string, report: Report): RawSection[] {
  const sections: (RawSection & { readonly settings: RawSetting[] })[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  lines.forEach((whole, index) => {
    // This takes a byte order mark away too.
    const content = whole.trim();
    const line = index + 1;
    if (content === '' || /^[;#]/.test(content)) return;
    if (content.startsWith('[')) {
      const header = readHeader(content);
      if ('problem' in header) report({ file, line }, header.problem);
      sections.push({ header: 'header' in header ? header.header : '', line, settings: [] });
      return;
    }
    const setting = readSetting(content, line);
    if ('problem' in setting) report({ file, line }, setting.problem);
    else if (sections.length > 0) sections.at(-1)?.settings.push(setting);
    else report({ file, line }, 'a key stands before the first section; put [settings] above it');
  });
  return sections;
}

function readHeader(content: string): { header: string } | { problem: string } {
  const end = content.indexOf(']');
  if (end === -1) return { problem: 'the header does not end with "]"' };
  if (!/^\s*(?:[;#]|$)/.test(content.slice(end + 1))) {
    return { problem: 'only a comment (; or #) may follow the "]" of a header' };
  }
  const header = content.slice(1, end).trim();
  return header === '' ? { problem: 'the header is empty' } : { header };
}

function readSetting(content: string, line: number): RawSetting | { problem: string } {
  const equals = content.indexOf('=');
  if (equals === -1) {
    return { problem: 'expected "key = value", and there is no "="; a comment starts with ; or #' };
  }
  const key = content.slice(0, equals).trim();
  if (key === '') return { problem: 'there is no key before the "="' };
  return { key, raw: content.slice(equals + 1), line };
}
