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
 * variable from children.
 *
 * @see https://www.nushell.sh/book/working_with_strings.html#double-quoted-strings
 */
export const NUSHELL: Dialect = {
  name: 'nu',
  sentinel: SENTINEL,
  set: (name, value) => `$env.${checkName(name)} = ${quote(checkValue(name, value))}\n`,
  unset: (name) => `hide-env -i ${checkName(name)}\n`,
  fail: (status) => `error make {msg: "${failureText(status)}"}\n`,
  usage: (command) => `${command} --format json | from json | load-env`,
};

function quote(text: string): string {
  const escaped = text.replace(/["\\]/g, String.raw`\$&`);
  const invisible = /[\p{Cc}\u2028\u2029]/gu;
  return `"${escapeCharacters(escaped, invisible, (point) => `\\u{${hexadecimal(point)}}`)}"`;
}
