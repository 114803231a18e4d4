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
 * escapes keep the script to one line a statement. So does text with characters that another shell
 * would not leave alone between single quotes.
 *
 * The guard lacks a `then` for sh.
 *
 * @see https://elv.sh/ref/language.html#string
 */
export const ELVISH: Dialect = {
  name: 'elvish',
  sentinel: SENTINEL,
  set: (name, value) => `set-env ${checkName(name)} ${quote(checkValue(name, value))}\n`,
  unset: (name) => `unset-env ${checkName(name)}\n`,
  fail: (status) => `if $true { fail '${failureText(status)}' }\n`,
  guard: (_, statements) => `if $true {\n${statements}}\n`,
  usage: (command) => `eval (${command} | slurp)`,
};

function quote(text: string): string {
  if (!/[\p{Cc}\\!]/u.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const unsafe = /[\p{Cc}"\\$`!]/gu;
  return `"${escapeCharacters(text, unsafe, (point) => `\\u${hexadecimal(point, 4)}`)}"`;
}
