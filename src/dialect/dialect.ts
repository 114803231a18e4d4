import { AssumeError } from '../errors.js';

/**
 * How one shell is told to change its environment. What a dialect prints is evaluated, so its
 * quoting has to carry every value byte for byte and run nothing that is in it. Any other shell may
 * evaluate it as well, for the shell is often guessed: that has to fail, with nothing of it run,
 * and with no line shown that holds a secret.
 */
export interface Dialect {
  /** The shell's own name, as `--shell` and `assume hook` take it. */
  readonly name: string;
  /**
   * The comment, or what comes nearest to one, that ends every script: a reader evaluates nothing
   * that does not end with it, for a script that was cut off may set half of the credentials.
   */
  readonly sentinel: string;
  /**
   * A statement that sets an exported variable, with its line end.
   *
   * @throws AssumeError `FAILED` when the shell has no way to hold the value.
   */
  set(name: string, value: string): string;
  /** A statement that removes a variable, set or not, with its line end. */
  unset(name: string): string;
  /**
   * The statements, made to be done all or not at all: none where one of the variables is
   * read-only, and none in a shell of another language, to which the first line or the whole is an
   * error of syntax. Absent where the sentinel is that error already.
   *
   * @param names - The variables that the statements change; at least one.
   */
  guard?(names: readonly string[], statements: string): string;
  /**
   * A statement that fails, with its line end: with that status where the language has one, else by
   * its own kind of error, and somehow in every other shell. It ends a script as any failure would,
   * and no interactive shell. The sentinel does not follow it: this is no whole script.
   *
   * @param status - 1 to 255.
   */
  fail(status: number): string;
  /** The line a user types to load what `command` prints: `eval "$(assume export prod)"`. */
  usage(command: string): string;
}

/** Ends the scripts of every shell whose comments start with `#`. */
export const SENTINEL = '# assume: end';

/**
 * A statement that fails with the status in every shell that has one and raises an error in the
 * others: xonsh overlooks a command that failed, but not `>&2`, which it cannot parse.
 */
export function failEverywhere(status: number): string {
  return `sh -c 'exit ${String(status)}' >&2\n`;
}

/** How an error is worded in languages whose failures are words and not numbers. */
export function failureText(status: number): string {
  return `assume export failed with status ${String(status)}`;
}

/**
 * The name, once it is known to be one. Names come from constants; this is what makes a slip in
 * one of them an error instead of code.
 */
export function checkName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return name;
  throw new AssumeError('FAILED', `${JSON.stringify(name)} is not the name of a variable`, {
    hint: 'this is a fault in assume: report it, with what you typed',
  });
}

/**
 * The value, once it is known to hold no NUL, which no environment variable can carry.
 *
 * @throws AssumeError `FAILED` that names the variable and never the value.
 */
export function checkValue(name: string, value: string): string {
  if (!value.includes('\0')) return value;
  throw new AssumeError('FAILED', `${name} can't be set: its value holds a NUL byte`, {
    hint: 'Look for a stray character in the name or file it comes from: assume config check',
  });
}

/** `\u{e9}`-like escapes: each character that `unsafe` matches, written by `escape`. */
export function escapeCharacters(
  value: string,
  unsafe: RegExp,
  escape: (codePoint: number) => string,
): string {
  return value.replace(unsafe, (character) => escape(character.codePointAt(0) ?? 0));
}

/** Hexadecimal digits of a code point, padded with zeros to `width`. */
export function hexadecimal(codePoint: number, width = 1): string {
  return codePoint.toString(16).padStart(width, '0');
}
