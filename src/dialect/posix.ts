import { checkName, checkValue, type Dialect, SENTINEL } from './dialect.js';

/**
 * sh and everything that reads its language. Inside single quotes nothing is special but the
 * quote itself, in all of them, with history expansion on or off.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function posixDialect(name: string): Dialect {
  return {
    name,
    sentinel: SENTINEL,
    set: (key, value) => `export ${checkName(key)}=${quotePosix(checkValue(key, value))}\n`,
    unset: (key) => `unset ${checkName(key)}\n`,
    usage: (command) => `eval "$(${command})"`,
  };
}

/** One word of sh that stands for exactly this text. */
export function quotePosix(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
