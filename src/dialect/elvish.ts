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
 * Elvish. Single quotes double the quote; text with control characters takes double quotes, whose
 * escapes keep the script to one line a statement.
 *
 * @see https://elv.sh/ref/language.html#string
 */
export const ELVISH: Dialect = {
  name: 'elvish',
  sentinel: SENTINEL,
  set: (name, value) => `set-env ${checkName(name)} ${quote(checkValue(name, value))}\n`,
  unset: (name) => `unset-env ${checkName(name)}\n`,
  fail: (status) => `fail '${failureText(status)}'\n`,
  usage: (command) => `eval (${command} | slurp)`,
};

function quote(text: string): string {
  if (!/\p{Cc}/u.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const escaped = text.replace(/["\\]/g, String.raw`\$&`);
  return `"${escapeCharacters(escaped, /\p{Cc}/gu, (point) => `\\u${hexadecimal(point, 4)}`)}"`;
}
