/** Text as man pages hold it: nothing in it is read as a request, and every program shows every sign. */
export function escapeRoff(text: string): string {
  return text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/'/g, '\\(aq')
    .replace(/"/g, '\\(dq')
    .replace(/`/g, '\\(ga')
    .replace(/\^/g, '\\(ha')
    .replace(/~/g, '\\(ti')
    .replace(/[^\p{ASCII}]/gu, (sign) => `\\[u${hexOf(sign)}]`)
    .replace(/^\./gm, '\\&.');
}

const hexOf = (sign: string): string =>
  (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/** A chapter of the page. */
export function chapter(title: string, ...parts: readonly string[]): string {
  return [`.SH ${escapeRoff(title)}`, ...parts].join('\n');
}

/** A part of a chapter. */
export function section(title: string, ...parts: readonly string[]): string {
  return [`.SS ${escapeRoff(title)}`, ...parts].join('\n');
}

/** A paragraph. */
export function paragraph(text: string): string {
  return `.PP\n${escapeRoff(text)}`;
}

/** A word in bold, what follows it, and what both mean. */
export function entry(word: string, value: string, text: string): string {
  const rest = value === '' ? '' : ` \\fI${escapeRoff(value)}\\fR`;
  return `.TP\n\\fB${escapeRoff(word)}\\fR${rest}\n${escapeRoff(text)}`;
}

/** Lines as they are typed. */
export function lines(...texts: readonly string[]): string {
  return ['.PP', '.nf', '.RS 4', ...texts.map(escapeRoff), '.RE', '.fi'].join('\n');
}
