import { bashCompletion } from '../src/dialect/completion-bash.js';
import { fishCompletion } from '../src/dialect/completion-fish.js';
import { zshCompletion } from '../src/dialect/completion-zsh.js';
import { hookGrammar } from '../src/delivery/shell.js';

/**
 * Completion without the hook, by the path of the file: what the hook defines, and how the shell comes
 * to call it. Where the hook is loaded as well, each only replaces the other by the same.
 */
export function completionFiles(): Readonly<Record<string, string>> {
  const grammar = hookGrammar();
  const load = 'complete -o bashdefault -o default -F __assume_complete assume';
  return {
    'completions/assume.bash': `${bashCompletion(grammar)}\n${load}\n`,
    'completions/_assume': `#compdef assume\n${zshCompletion(grammar)}\n__assume_complete "$@"\n`,
    'completions/assume.fish': `${fishCompletion(grammar)}\n`,
  };
}
