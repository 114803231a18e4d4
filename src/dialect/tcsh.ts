import { checkName, checkValue, type Dialect, failEverywhere } from './dialect.js';

/**
 * csh and tcsh. History expansion works even inside single quotes, so `!` is escaped there. Each
 * statement ends with `;`, because ``eval "`…`"`` makes words of the lines; a value with a line
 * end survives only `source`. The last line is a command that does nothing and that other shells lack:
 * `#` is no comment to `eval` at a prompt.
 *
 * The guard is a word to `unsetenv` here, and an error of syntax to all others.
 *
 * @see https://man.archlinux.org/man/tcsh.1.en#Lexical_structure
 */
export function tcshDialect(name: string): Dialect {
  return {
    name,
    sentinel: "unsetenv 'assume: end'",
    set: (key, value) => `setenv ${checkName(key)} ${quote(checkValue(key, value))};\n`,
    unset: (key) => `unsetenv ${checkName(key)};\n`,
    fail: failEverywhere,
    guard: (_, statements) => `if (1) unsetenv };\n${statements}`,
    usage: (command) => `eval "\`${command}\`"`,
  };
}

function quote(text: string): string {
  const escaped = text.replaceAll("'", String.raw`'\''`).replace(/[!\n]/g, String.raw`\$&`);
  return `'${escaped}'`;
}
