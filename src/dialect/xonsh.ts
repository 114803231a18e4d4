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
 * so that neither formatting nor an encoding has anything to work on. The environment is written
 * without its `${…}`, which is a variable of other shells. It fails as a command does under
 * `$RAISE_SUBPROC_ERROR`.
 *
 * The guard lacks a `then` for sh.
 *
 * @see https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
 */
export const XONSH: Dialect = {
  name: 'xonsh',
  sentinel: SENTINEL,
  set: (name, value) => `__xonsh__.env["${checkName(name)}"] = ${quote(checkValue(name, value))}\n`,
  unset: (name) => `__xonsh__.env.pop("${checkName(name)}", None)\n`,
  fail: (status) =>
    `raise __import__("subprocess").CalledProcessError(${String(status)}, "assume export")\n`,
  guard: (_, statements) => `if True:\n${statements.replace(/^(?=.)/gm, '    ')}`,
  usage: (command) => `execx($(${command}))`,
};

function quote(text: string): string {
  const unsafe = /[^\x20-\x7e]|["'\\{}$`!]/gu;
  return `"${escapeCharacters(text, unsafe, (point) => `\\U${hexadecimal(point, 8)}`)}"`;
}
