import { bashCompletion } from './completion-bash.js';
import { SENTINEL } from './dialect.js';
import type { HookGrammar } from './hook-grammar.js';
import { assumeFunction, inheritedFunction, type SharedParts } from './hook-shared.js';
import { SAY_READ_ONLY, tryUnset } from './posix.js';

/**
 * The hook for bash: 3.2 gets everything but what needs a clock, which it has not (`%(…)T` came
 * with 4.2). Everything local is named `__assume_…`, since the evaluated script sets variables.
 */
export function bashHook(grammar: HookGrammar): string {
  return [
    'unalias assume 2>/dev/null || :',
    assumeFunction(PARTS, grammar),
    switchFunction(grammar),
    RENEWAL,
    inheritedFunction(PARTS),
    bashCompletion(grammar),
    LOAD,
  ].join('\n');
}

const PARTS: SharedParts = {
  shell: 'bash',
  begin: ':',
  setNow: "TZ=UTC0 printf -v now '%(%Y-%m-%dT%H:%M:%SZ)T' -1",
};

/**
 * `local -` gives the options back even after Ctrl-C, from bash 4.4 on; `set -x` at the end is for
 * earlier ones.
 */
function switchFunction(grammar: HookGrammar): string {
  return `function __assume_switch {
  ${tryUnset(grammar.variables)} || { ${SAY_READ_ONLY}; return 1; }
  { local __assume_options=$- __assume_script __assume_status=0; local - || :; set +vx; } 2>/dev/null
  __assume_script=$(ASSUME_SHELL=bash ASSUME_HOOK=$$ command assume "$@") || __assume_status=$?
  if [[ $__assume_status != 0 ]]; then :
  elif [[ $'\\n'$__assume_script == *$'\\n${SENTINEL}' ]]; then eval "$__assume_script" || __assume_status=$?
  elif [[ -n $__assume_script ]]; then printf '%s\\n' "$__assume_script"
  fi
  case $__assume_options in *v*) set -v ;; esac
  case $__assume_options in *x*) set -x ;; esac
  return "$__assume_status"
}`;
}

/**
 * The first prompt installs the DEBUG trap: only then has everything else that wants one been
 * loaded, and only a traced function (`declare -t`) sees a trap set outside. An older trap runs
 * first, unchanged, and its status decides, because `extdebug` skips the command on failure.
 * The prompt keeps `$?` for what comes after it, unless that would end a shell under `set -e`.
 * `$_` is passed so that it is again the last argument when the user's command starts. The time is
 * moved on before renewing: whatever fails, the next try is a minute away. `ASSUME_RENEWAL`
 * tells the program that nobody typed it.
 */
const RENEWAL = `function __assume_before_command {
  if [[ -n \${ASSUME_RENEW_AT-} && -z \${COMP_LINE-} ]]; then __assume_renew_if_due </dev/null >/dev/null; fi
  return "$1"
}
function __assume_renew_if_due {
  local now
  case $ASSUME_RENEW_AT in *[!0-9]*|?????????????*) return 0 ;; esac
  { printf -v now '%(%s)T' -1 && [ "$now" -ge "$ASSUME_RENEW_AT" ]; } 2>/dev/null || return 0
  export ASSUME_RENEW_AT=$((now + 60))
  local -x ASSUME_RENEWAL=due
  __assume_switch renew --no-input --quiet || :
}
function __assume_preexec { __assume_before_command 0; }
function __assume_at_prompt {
  local status=$? words IFS=' '
  [[ $- != *e* ]] || status=0
  [[ -z $__assume_watches ]] || return "$status"
  __assume_watches=1
  declare -f +t __assume_at_prompt
  if [[ -n \${bash_preexec_imported-}\${__bp_imported-} ]]; then
    [[ " \${preexec_functions[*]-} " == *' __assume_preexec '* ]] || preexec_functions+=(__assume_preexec)
    return "$status"
  fi
  eval "words=($(trap -p DEBUG))"
  case \${words[2]-} in
    *__assume_before_command*) ;;
    '') trap '__assume_before_command 0 "$_"' DEBUG ;;
    *) trap "\${words[2]}"$'\\n''__assume_before_command "$?" "$_"' DEBUG ;;
  esac
  return "$status"
}
declare -ft __assume_at_prompt
__assume_watches=`;

const LOAD = `complete -o bashdefault -o default -F __assume_complete assume
if [[ $- == *i* && \${PROMPT_COMMAND-} != *__assume_at_prompt* ]]; then
  PROMPT_COMMAND=\${PROMPT_COMMAND:+$PROMPT_COMMAND$'\\n'}__assume_at_prompt
fi
__assume_drop_inherited
`;
