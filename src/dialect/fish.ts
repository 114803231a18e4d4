import {
  checkName,
  checkValue,
  type Dialect,
  escapeCharacters,
  failEverywhere,
  hexadecimal,
  SENTINEL,
} from './dialect.js';

/**
 * fish, 3.0 and later. Loaded with `| source`; each statement ends with `;` for those who type
 * `eval (…)`, which makes one line of the script. Only the global scope is touched: a universal
 * variable is the user's own, in every shell they have. `set -e` fails where there is nothing to
 * erase, and `set` alone leaves the status as it was. It has no subshell, and before 3.4 no `return`
 * outside a function, so another shell fails for it.
 *
 * The guard lacks a `then` for sh, and Elvish knows no `&&`.
 *
 * @see https://fishshell.com/docs/current/language.html#quotes
 */
export const FISH: Dialect = {
  name: 'fish',
  sentinel: SENTINEL,
  set: (name, value) => `set -gx ${checkName(name)} ${quoteFish(checkValue(name, value))};\n`,
  unset: (name) => `set -eg ${checkName(name)}; or true;\n`,
  fail: failEverywhere,
  guard: (_, statements) => `if true && true;\n${statements}end;\n`,
  usage: (command) => `${command} | source`,
};

/**
 * One word of fish that stands for exactly this text. What could end the quotes in another shell,
 * or be history to it, is written by number outside of them.
 */
export function quoteFish(text: string): string {
  const escaped = escapeCharacters(
    text,
    /['\\!]|(?![\u0080-\u009f])\p{Cc}/gu,
    (point) => `'\\x${hexadecimal(point, 2)}'`,
  );
  return `'${escaped}'`;
}
