import { type HookGrammar, SHELL_CHANGING_COMMANDS } from './hook-grammar.js';

/** What the parts of a hook that bash and zsh read alike are made with. */
export interface SharedParts {
  readonly shell: 'bash' | 'zsh';
  /** The command that a helper's body begins with. */
  readonly begin: string;
  /** A command that puts the time in UTC into `now`, as `ASSUME_EXPIRATION` is written. */
  readonly setNow: string;
}

/** The function that people call, and how it tells the calls that change the shell. */
export function assumeFunction({ shell, begin }: SharedParts, grammar: HookGrammar): string {
  return `function assume {
  if __assume_changes_shell "$@"; then __assume_switch "$@"; else ASSUME_SHELL=${shell} command assume "$@"; fi
}
function __assume_changes_shell {
  ${begin}
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
}`;
}

/** Without ASSUME_PID, as under `assume exec`, nobody's shell was switched: nothing is inherited. */
export function inheritedFunction({ begin, setNow }: SharedParts): string {
  return `function __assume_drop_inherited {
  ${begin}
  [[ -n \${ASSUME_TARGET-} && -n \${ASSUME_PID-} && $ASSUME_PID != "$$" ]] || return 0
  local LC_ALL=C now= why=
  if [[ \${ASSUME_PROTECTED-} == 1 ]]; then why='it is protected'
  elif ${setNow} 2>/dev/null; then
    [[ -z \${ASSUME_EXPIRATION-} || ! $ASSUME_EXPIRATION < $now ]] || why='they have expired'
  fi
  [[ -n $why ]] || return 0
  local target=\${ASSUME_TARGET//[^A-Za-z0-9_.@:\\/+=-]/_}
  if __assume_switch leave --quiet >/dev/null; then
    printf 'assume: dropped the credentials of %s inherited from another shell: %s\\n' "$target" "$why" >&2
  else
    printf 'assume: the credentials of %s inherited from another shell are still set (%s)\\n' "$target" "$why" >&2
  fi
}`;
}
