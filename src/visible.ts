/** Controls; format marks such as bidi overrides, zero-width joiners and the BOM; line separators. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * The text with every character that could steer a terminal or deceive an eye written as `\u{…}`:
 * for names and messages that come from files, tags or AWS.
 */
export function visible(text: string): string {
  return text.replace(
    UNSEEN,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
