import { editIniSection, readIniSection, removeIniSection } from './edit-ini.js';
import { normalizeName, readIniLines } from './ini-lines.js';

/**
 * Takes keys out of a section and leaves every other byte as it was. A section that holds nothing
 * then, no comment either, goes with them.
 *
 * @param text - latin1, as the answer.
 * @throws AssumeError `CONFIG_INVALID` for an indented section header.
 */
export function removeIniKeys(text: string, section: string, keys: readonly string[]): string {
  const values = Object.fromEntries(keys.map((key) => [key, null]));
  const before = readIniSection(text, section);
  if (!before || !keys.some((key) => before.has(key))) return text;
  const edited = editIniSection(text, section, values);
  const left = readIniSection(edited, section)?.size ?? 0;
  return left > 0 || hasComment(text, section) ? edited : removeIniSection(text, section);
}

/** Comments after the last key speak of what follows, and stay in any case. */
function hasComment(text: string, section: string): boolean {
  const name = normalizeName(section);
  const lines = readIniLines(text).filter((line) => line.section === name);
  const last = lines.findLastIndex(({ kind }) => kind === 'key' || kind === 'more');
  return lines.slice(0, last).some(({ kind }) => kind === 'comment');
}
