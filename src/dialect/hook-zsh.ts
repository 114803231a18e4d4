import { zshCompletion } from './completion-zsh.js';
import { SENTINEL } from './dialect.js';
import type { HookGrammar } from './hook-grammar.js';
import { assumeFunction, inheritedFunction, type SharedParts } from './hook-shared.js';
import { SAY_READ_ONLY, tryUnset } from './posix.js';

/** The hook for zsh. `emulate -L` in each helper makes the user's options irrelevant to it. */
export function zshHook(grammar: HookGrammar): string {
  return [
    'unalias assume 2>/dev/null || :',
    'zmodload zsh/datetime 2>/dev/null || :',
    assumeFunction(PARTS, grammar),
    switchFunction(grammar),
    RENEWAL,
    inheritedFunction(PARTS),
    zshCompletion(grammar),
    LOAD,
  ].join('\n');
}

const PARTS: SharedParts = {
  shell: 'zsh',
  begin: 'emulate -L zsh',
  setNow: "TZ=UTC0 strftime -s now '%Y-%m-%dT%H:%M:%SZ' $EPOCHSECONDS",
};

function switchFunction(grammar: HookGrammar): string {
  return `function __assume_switch {
  emulate -L zsh -o no_xtrace
  ${tryUnset(grammar.variables)} || { ${SAY_READ_ONLY}; return 1; }
  local __assume_script
  __assume_script="$(ASSUME_SHELL=zsh ASSUME_HOOK=$$ command assume "$@")" || return
  if [[ $'\\n'$__assume_script == *$'\\n${SENTINEL}' ]]; then eval "$__assume_script"
  elif [[ -n $__assume_script ]]; then print -r -- "$__assume_script"
  fi
}`;
}

/**
 * The time is moved on before renewing: whatever fails, the next try is a minute away.
 * `ASSUME_RENEWAL` tells the program that nobody typed it. zsh itself gives `$?` and `$_` back after
 * a hook.
 */
const RENEWAL = `function __assume_preexec {
  [[ -z \${ASSUME_RENEW_AT-} ]] || __assume_renew_if_due </dev/null >/dev/null
}
function __assume_renew_if_due {
  emulate -L zsh
  [[ $ASSUME_RENEW_AT == <-> && \${#ASSUME_RENEW_AT} -le 12 ]] || return 0
  (( \${EPOCHSECONDS:-0} >= ASSUME_RENEW_AT )) || return 0
  export ASSUME_RENEW_AT=$(( EPOCHSECONDS + 60 ))
  local -x ASSUME_RENEWAL=due
  __assume_switch renew --no-input --quiet || :
}`;

/** The hook may be loaded before `compinit`; completion is then registered at the first prompt. */
const LOAD = `function __assume_first_prompt {
  (( ! \${+functions[compdef]} )) || compdef __assume_complete assume
  precmd_functions=("\${(@)precmd_functions:#__assume_first_prompt}")
}
typeset -ga precmd_functions preexec_functions
(( \${preexec_functions[(I)__assume_preexec]} )) || preexec_functions+=(__assume_preexec)
(( \${precmd_functions[(I)__assume_first_prompt]} )) || precmd_functions+=(__assume_first_prompt)
__assume_drop_inherited
`;
