/** More than any word that means something: a role's ARN has up to 640 characters. */
const LONGEST_WORD = 1000;

/** As much as anybody reads of one line, whatever stands in it. */
const LONGEST_LINE = 4000;

/** What is still shown of a word that is too long: enough to find it in a file. */
const SHOWN_OF_WORD = 100;

/**
 * The text without what nobody reads of it: of a word or a line that is unreasonably long, such as a
 * value of megabytes in a file, the beginning and how long it is. Secrets are taken out of a text
 * before: what is left of one is no longer known as such.
 */
export function brief(text: string): string {
  return text.split('\n').map(briefLine).join('\n');
}

function briefLine(line: string): string {
  if (line.length <= LONGEST_WORD) return line;
  const words = line.split(' ').map((word) => beginning(word, LONGEST_WORD, SHOWN_OF_WORD));
  return beginning(words.join(' '), LONGEST_LINE, LONGEST_LINE);
}

function beginning(text: string, longest: number, shown: number): string {
  if (text.length <= longest) return text;
  // Not through the middle of a character.
  const start = text.slice(0, shown).replace(/[\ud800-\udbff]$/, '');
  return `${start}… (${String(text.length)} characters)`;
}
