import {
  checkName,
  checkValue,
  type Dialect,
  escapeCharacters,
  failureText,
  hexadecimal,
  SENTINEL,
} from './dialect.js';

/**
 * Nushell. It evaluates no text at run time, so a prompt loads the JSON form; the script form is
 * for `source`, and for a file named in the configuration. A null loaded that way hides the
 * variable from children. It shows the lines around an error, so no guard of its own is enough for
 * other languages: their scripts begin with what they remove, which is no secret.
 *
 * The guard lacks a `then` for sh, and its escape is none in Elvish.
 *
 * @see https://www.nushell.sh/book/working_with_strings.html#double-quoted-strings
 */
export const NUSHELL: Dialect = {
  name: 'nu',
  sentinel: SENTINEL,
  set: (name, value) => `$env.${checkName(name)} = ${quote(checkValue(name, value))}\n`,
  unset: (name) => `hide-env -i ${checkName(name)}\n`,
  fail: (status) => `error make {msg: "${failureText(status)}"}\n`,
  guard: (_, statements) => `if "\\u{41}" == "A" {\n${statements}}\n`,
  usage: (command) => `${command} --format json | from json | load-env`,
};

function quote(text: string): string {
  const unsafe = /[\p{Cc}\u2028\u2029"\\$`!]/gu;
  return `"${escapeCharacters(text, unsafe, (point) => `\\u{${hexadecimal(point)}}`)}"`;
}
