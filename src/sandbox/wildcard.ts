/** Any run of characters, and any single one, as they stand in a pattern. */
export const ANY_RUN = Symbol('*');
export const ANY_ONE = Symbol('?');

/** A pattern character by character, so that a `*` that came in by a variable stays a plain star. */
export type Pattern = readonly (string | typeof ANY_RUN | typeof ANY_ONE)[];

/** Reads `*` and `?` in the text as wildcards. */
export function parsePattern(text: string): Pattern {
  return Array.from(text, (character) => {
    if (character === '*') return ANY_RUN;
    return character === '?' ? ANY_ONE : character;
  });
}

/**
 * Tells whether the whole text fits. It remembers one star at a time, so that no pattern, however
 * hostile, takes more than (text × pattern) steps.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const characters = Array.from(text);
  let [at, next] = [0, 0];
  let star: { readonly next: number; at: number } | null = null;
  while (at < characters.length) {
    const wanted = pattern[next];
    if (wanted === ANY_RUN) star = { next: ++next, at };
    else if (wanted !== undefined && (wanted === ANY_ONE || wanted === characters[at])) {
      at++;
      next++;
    } else if (star) [at, next] = [++star.at, star.next];
    else return false;
  }
  return pattern.slice(next).every((wanted) => wanted === ANY_RUN);
}

/**
 * Tells whether an ARN fits a pattern, part by part: a wildcard reaches over a colon only in the
 * sixth part, the resource. A lone `*` fits everything.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchesArn(pattern: Pattern, arn: string): boolean {
  if (pattern.length === 1 && pattern[0] === ANY_RUN) return true;
  const parts = splitArn(Array.from(arn));
  const wanted = splitArn(pattern);
  if (parts.length !== 6 || wanted.length !== 6) return false;
  return wanted.every((part, index) => matchesPattern(part, (parts[index] ?? []).join('')));
}

function splitArn<T>(characters: readonly (T | string)[]): (T | string)[][] {
  const parts: (T | string)[][] = [[]];
  for (const character of characters) {
    if (character === ':' && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(character);
  }
  return parts;
}
