import { checkName, checkValue, type Dialect, failEverywhere, SENTINEL } from './dialect.js';

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
    fail: failEverywhere,
    guard: (names, statements) =>
      `${FISH_STOPS}if ${tryUnset(names)}; then\n${statements}else ${SAY_READ_ONLY}; (exit 1); fi\n`,
    usage: (command) => `eval "$(${command})"`,
  };
}

/**
 * `eval (…)` in fish makes one line of a script, and shows that line when it finds an error in it.
 * With this in front the line is a comment to it, after a command that fails. `!` keeps `set -e` quiet.
 */
const FISH_STOPS = '! : # in fish: assume export TARGET --shell fish | source\n';

/** A command that fails, and says why, where one of the variables is read-only; it changes none. */
export function tryUnset(names: readonly string[]): string {
  return `(unset ${names.map(checkName).join(' ')})`;
}

/** A command that follows what `tryUnset` said, which is the shell's own word on one variable. */
export const SAY_READ_ONLY =
  "echo 'assume: this shell is left as it was: a variable in it is read-only' >&2";

/** One word of sh that stands for exactly this text. */
export function quotePosix(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same for a person to read and type: in quotes only where it needs them. */
export function posixWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quotePosix(text);
}
