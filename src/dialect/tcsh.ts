import { checkName, checkValue, type Dialect } from './dialect.js';

/**
 * csh and tcsh. History expansion works even inside single quotes, so `!` is escaped there. Each
 * statement ends with `;`, because ``eval "`…`"`` makes words of the lines; a value with a line
 * end survives only `source`. The last line is the null command: `#` is no comment to `eval` at a
 * prompt.
 *
 * @see https://man.archlinux.org/man/tcsh.1.en#Lexical_structure
 */
export function tcshDialect(name: string): Dialect {
  return {
    name,
    sentinel: ': assume end',
    set: (key, value) => `setenv ${checkName(key)} ${quote(checkValue(key, value))};\n`,
    unset: (key) => `unsetenv ${checkName(key)};\n`,
    fail: (status) => `(exit ${String(status)});\n`,
    usage: (command) => `eval "\`${command}\`"`,
  };
}

function quote(text: string): string {
  const escaped = text.replaceAll("'", String.raw`'\''`).replace(/[!\n]/g, String.raw`\$&`);
  return `'${escaped}'`;
}
