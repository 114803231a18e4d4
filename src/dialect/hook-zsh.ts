import { zshCompletion } from './completion-zsh.js';
import { SENTINEL } from './dialect.js';
import { type HookGrammar, SHELL_CHANGING_COMMANDS } from './hook-grammar.js';

/** The hook for zsh. `emulate -L` in each helper makes the user's options irrelevant to it. */
export function zshHook(grammar: HookGrammar): string {
  return [
    'unalias assume 2>/dev/null || :',
    'zmodload zsh/datetime 2>/dev/null || :',
    assumeFunction(grammar),
    RENEWAL,
    INHERITED,
    zshCompletion(grammar),
    LOAD,
  ].join('\n');
}

function assumeFunction(grammar: HookGrammar): string {
  return `function assume {
  if __assume_changes_shell "$@"; then __assume_switch "$@"; else ASSUME_SHELL=zsh command assume "$@"; fi
}
function __assume_changes_shell {
  emulate -L zsh
  local word skip=
  for word in "$@"; do [[ $word != -- ]] || return 1; done
  for word in "$@"; do
    if [[ -n $skip ]]; then skip=; continue; fi
    case $word in
      (${grammar.optionsWithValue.join('|')}) skip=1 ;;
      (-h|--help|--version) return 1 ;;
      (-) return 0 ;;
      (-*) ;;
      (${SHELL_CHANGING_COMMANDS.join('|')}) return 0 ;;
      (${grammar.commands.join('|')}) return 1 ;;
      (*) return 0 ;;
    esac
  done
}
function __assume_switch {
  emulate -L zsh -o no_xtrace
  local __assume_script
  __assume_script="$(ASSUME_SHELL=zsh ASSUME_HOOK=$$ command assume "$@")" || return
  if [[ $'\\n'$__assume_script == *$'\\n${SENTINEL}' ]]; then eval "$__assume_script"
  elif [[ -n $__assume_script ]]; then print -r -- "$__assume_script"
  fi
  return 0
}`;
}

/**
 * The time is moved on before renewing: whatever fails, the next try is a minute away. zsh itself
 * gives `$?` and `$_` back after a hook.
 */
const RENEWAL = `function __assume_preexec {
  [[ -z \${ASSUME_RENEW_AT-} ]] || __assume_renew_if_due </dev/null >/dev/null
}
function __assume_renew_if_due {
  emulate -L zsh
  [[ $ASSUME_RENEW_AT == <-> && \${#ASSUME_RENEW_AT} -le 12 ]] || return 0
  (( \${EPOCHSECONDS:-0} >= ASSUME_RENEW_AT )) || return 0
  export ASSUME_RENEW_AT=$(( EPOCHSECONDS + 60 ))
  __assume_switch renew --no-input --quiet || :
}`;

const INHERITED = `function __assume_drop_inherited {
  emulate -L zsh
  [[ -n \${ASSUME_TARGET-} && -n \${ASSUME_PID-} && $ASSUME_PID != "$$" ]] || return 0
  local LC_ALL=C now why
  if [[ \${ASSUME_PROTECTED-} == 1 ]]; then why='it is protected'
  elif TZ=UTC0 strftime -s now '%Y-%m-%dT%H:%M:%SZ' $EPOCHSECONDS 2>/dev/null; then
    [[ -z \${ASSUME_EXPIRATION-} || ! $ASSUME_EXPIRATION < $now ]] || why='they have expired'
  fi
  [[ -n $why ]] || return 0
  local target=\${ASSUME_TARGET//[^A-Za-z0-9_.@:\\/+=-]/_}
  if __assume_switch leave --quiet >/dev/null; then
    print -ru2 -- "assume: dropped the credentials of $target inherited from another shell: $why"
  else
    print -ru2 -- "assume: the credentials of $target inherited from another shell are still set ($why)"
  fi
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
