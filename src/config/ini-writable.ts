import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';

/** Ordinary text as the latin1 text that shows its UTF-8 bytes. */
export function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The inverse of `toBytes`. */
export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/**
 * Proves that a section's name and values come back as they are from every reader we know.
 *
 * @throws AssumeError `CONFIG_INVALID`; the value is not part of the message.
 */
export function requireWritable(
  section: string,
  values: Readonly<Record<string, string | null>>,
): void {
  const problem = explainSection(section);
  if (problem !== null) throw refused(`the section [${visible(section)}]`, problem);
  for (const [key, value] of Object.entries(values)) {
    const wrong = /^[a-z0-9_][a-z0-9_.-]*$/.test(key)
      ? explainValue(value)
      : 'no key has that name';
    if (wrong !== null) throw refused(`${visible(key)} into [${visible(section)}]`, wrong);
  }
}

function explainSection(section: string): string | null {
  if (/[[\]#;\p{Cc}\p{Zl}\p{Zp}]/u.test(section)) {
    return 'a name cannot hold brackets, #, ;, or a line break';
  }
  if (section === '') return 'it has no name';
  return section === section.replace(/\s+/g, ' ').trim() && isWellFormed(section)
    ? null
    : 'it has blanks that would be lost, or half a character';
}

function explainValue(value: string | null): string | null {
  if (value === null) return null;
  if (/[\r\n\0]/.test(value)) return 'a value cannot hold a line break or NUL';
  if (value === '') return 'a value cannot be empty';
  if (value !== value.trim()) return 'a value cannot begin or end with a blank';
  if (/(?:^|\s)[#;]/.test(value)) return 'what follows a blank and # or ; would be a comment';
  return isWellFormed(value) ? null : 'a value cannot hold half a character';
}

function isWellFormed(text: string): boolean {
  return fromBytes(toBytes(text)) === text;
}

function refused(what: string, problem: string): AssumeError {
  return new AssumeError('CONFIG_INVALID', `cannot write ${what}: ${problem}`, {
    hint: 'choose another name or value, or write it by hand where its reader takes it',
  });
}
