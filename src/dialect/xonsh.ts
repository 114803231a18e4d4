import {
  checkName,
  checkValue,
  type Dialect,
  escapeCharacters,
  hexadecimal,
  SENTINEL,
} from './dialect.js';

/**
 * xonsh, whose strings are Python's. Braces and everything outside printable ASCII are escaped,
 * so that neither formatting nor an encoding has anything to work on. It fails as a command does
 * under `$RAISE_SUBPROC_ERROR`.
 *
 * @see https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
 */
export const XONSH: Dialect = {
  name: 'xonsh',
  sentinel: SENTINEL,
  set: (name, value) => `\${"${checkName(name)}"} = ${quote(checkValue(name, value))}\n`,
  unset: (name) => `\${...}.pop("${checkName(name)}", None)\n`,
  fail: (status) =>
    `raise __import__("subprocess").CalledProcessError(${String(status)}, "assume export")\n`,
  usage: (command) => `execx($(${command}))`,
};

function quote(text: string): string {
  const unsafe = /[^\x20-\x7e]|["'\\{}$]/gu;
  return `"${escapeCharacters(text, unsafe, (point) => `\\U${hexadecimal(point, 8)}`)}"`;
}
