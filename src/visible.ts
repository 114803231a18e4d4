/** Controls; format marks such as bidi overrides, zero-width joiners and the BOM; line separators. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * The text with every character that could steer a terminal or deceive an eye written as `\u{…}`:
 * for names and messages that come from files, tags or AWS.
 */
export function visible(text: string): string {
  if (isPlain(text)) return text;
  return text.replace(
    UNSEEN,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Tells whether it is made of nothing but the characters of ASCII that can be seen, and blanks. */
export function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/**
 * The value as JSON for a program, in which every such character is escaped: JSON itself lets most
 * of them through to a terminal.
 */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(UNSEEN, (character) =>
    character === '\n' ? character : escapeUnits(character),
  );
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
