import { decode } from 'ini';

/** A value as it stands after `=`, and the line it stands in. */
export interface RawValue {
  readonly raw: string;
  readonly line: number;
}

/** What the value says, or why it cannot be told: the rest of a sentence that begins with the key. */
export type ReadValue = { readonly text: string } | { readonly problem: string };

/**
 * Reads values as the `ini` package does: double quotes with JSON's escapes, comments after a blank,
 * `\;` and `\#` for themselves. It is given the values alone, by line: what it makes of headers,
 * dots, brackets and `__proto__` never counts. Where it would guess, there is a problem instead.
 */
export function readIniValues(values: readonly RawValue[]): Map<number, ReadValue> {
  const read = new Map<number, ReadValue>();
  const asked: RawValue[] = [];
  for (const { raw, line } of values) {
    const text = raw.trim();
    const known = explainSeparator(text) ?? readQuoted(text) ?? explainComment(text);
    if (known && !('quoted' in known)) read.set(line, known);
    else asked.push({ line, raw: known?.quoted ?? raw });
  }
  const answers = decode(asked.map(({ line, raw }) => `${String(line)} = ${raw}`).join('\n'));
  for (const { line, raw } of asked) read.set(line, understand(raw.trim(), answers[line]));
  return read;
}

/** `null` for a value that no quotes enclose; `quoted` is one for `ini`, without a comment after it. */
function readQuoted(raw: string): ReadValue | { readonly quoted: string } | null {
  const single = /^'([^']*)'\s*(?:[;#].*)?$/s.exec(raw);
  if (single) return { text: single[1] ?? '' };
  if (!raw.startsWith('"')) return null;
  const end = closingQuote(raw);
  if (end === -1) return { problem: 'opens a double quote and does not close it' };
  return /^\s*(?:[;#]|$)/.test(raw.slice(end + 1)) ? { quoted: raw.slice(0, end + 1) } : null;
}

function closingQuote(raw: string): number {
  let end = 1;
  while (end < raw.length && raw[end] !== '"') end += raw[end] === '\\' ? 2 : 1;
  return end < raw.length ? end : -1;
}

/** `ini` cuts at every `;` and `#`, even within a word: `abc#def` would silently become `abc`. */
function explainComment(raw: string): ReadValue | null {
  let at = 0;
  while (at < raw.length && raw[at] !== ';' && raw[at] !== '#') at += raw[at] === '\\' ? 2 : 1;
  return at === 0 || at >= raw.length || /\s/.test(raw[at - 1] ?? '')
    ? null
    : { problem: 'has a ; or # within it: write the value in double quotes' };
}

/** `ini` would pass over the whole line. */
function explainSeparator(raw: string): ReadValue | null {
  return /[\u2028\u2029]/.test(raw) ? { problem: 'has an invisible character in it' } : null;
}

/** `ini` turns unquoted `true`, `false` and `null`, and JSON in single quotes, into what they mean. */
function understand(raw: string, answer: unknown): ReadValue {
  if (typeof answer !== 'string') {
    return { text: typeof answer === 'object' && answer ? raw.slice(1, -1) : String(answer) };
  }
  return raw.startsWith('"') && answer === raw && closingQuote(raw) === raw.length - 1
    ? { problem: 'is not as JSON writes it between double quotes: \\ is written \\\\' }
    : { text: answer };
}
