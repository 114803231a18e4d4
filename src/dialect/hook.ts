import { AssumeError } from '../errors.js';
import { checkName } from './dialect.js';
import { bashHook } from './hook-bash.js';
import { fishHook } from './hook-fish.js';
import type { HookGrammar } from './hook-grammar.js';
import { powershellHook } from './hook-powershell.js';
import { zshHook } from './hook-zsh.js';

/**
 * The text a shell evaluates to become aware of assume: the function that lets a switch happen in
 * the shell itself, renewal before a command, and completion. Evaluating it prints nothing, starts
 * no program (unless credentials of another shell have to be dropped), and may be done twice.
 *
 * The function captures a call that changes the shell: with no `--` in it, and whose first word is
 * no command, or is `switch`, `renew` or `leave`, or is not there at all (the picker). It runs
 * `assume` with `ASSUME_SHELL` and `ASSUME_HOOK` (the shell's PID) set, and evaluates what it
 * prints if the status is 0 and the last line is the dialect's sentinel; without the sentinel the
 * output is only printed. Where a variable that a switch changes is read-only, it is not called. Every other call runs untouched, with `ASSUME_SHELL` alone. Neither
 * variable is ever exported.
 *
 * @returns `null` for a dialect that has no hook.
 * @throws AssumeError `FAILED` for a word in the grammar that is not plain.
 */
export function hookScript(dialectName: string, grammar: HookGrammar): string | null {
  const hook = Object.hasOwn(HOOKS, dialectName) ? HOOKS[dialectName] : undefined;
  if (hook === undefined) return null;
  for (const word of [...grammar.commands, ...grammar.optionsWithValue, ...grammar.flags]) {
    if (!/^-{0,2}[A-Za-z][A-Za-z0-9-]*$/.test(word)) {
      throw new AssumeError('FAILED', `${JSON.stringify(word)} can't be part of a shell function`, {
        hint: 'this is a fault in assume: report it, with what you typed',
      });
    }
  }
  grammar.variables.forEach(checkName);
  return hook(grammar);
}

const HOOKS: Readonly<Record<string, (grammar: HookGrammar) => string>> = {
  bash: bashHook,
  zsh: zshHook,
  fish: fishHook,
  powershell: powershellHook,
  pwsh: powershellHook,
};
