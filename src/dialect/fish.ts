import { checkName, checkValue, type Dialect, SENTINEL } from './dialect.js';

/**
 * fish. Loaded with `| source`, because `eval (…)` would split the script at its line ends. Only
 * the global scope is touched: a universal variable is the user's own, in every shell they have. It
 * has no subshell, and before 3.4 no `return` outside a function, so another shell fails for it.
 *
 * @see https://fishshell.com/docs/current/language.html#quotes
 */
export const FISH: Dialect = {
  name: 'fish',
  sentinel: SENTINEL,
  set: (name, value) => `set -gx ${checkName(name)} ${quoteFish(checkValue(name, value))}\n`,
  unset: (name) => `set -eg ${checkName(name)}\n`,
  fail: (status) => `sh -c 'exit ${String(status)}'\n`,
  usage: (command) => `${command} | source`,
};

/** One word of fish that stands for exactly this text. */
export function quoteFish(text: string): string {
  return `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
}
