import { NAMES_FILE, PLACE_VARIABLES } from '../store/names-file.js';
import {
  HOOKED_SHELLS,
  IDENTITY_COMMANDS,
  IDENTITY_VERBS,
  type HookGrammar,
  TARGET_COMMANDS,
} from './hook-grammar.js';

/**
 * TAB in bash. Candidates are compared as text and quoted with `%q`, never expanded, since a name
 * comes from files that others write. Readline splits words at `:`, `=` and `@` too, and replaces
 * only what follows the last of them; the words are therefore split again, and the part of a
 * candidate that stands already is cut off.
 */
export function bashCompletion(grammar: HookGrammar): string {
  const placeValues = PLACE_VARIABLES.map((name) => `\${${name}-}`).join('|');
  const options = [...grammar.optionsWithValue, ...grammar.flags, '--help'];
  return `function __assume_complete {
  local words word first= skip= typed prefix= breaks candidate candidates index
  COMPREPLY=()
  IFS=$' \\t\\n' read -r -a words <<<"\${COMP_LINE:0:COMP_POINT}."
  typed=\${words[\${#words[@]} - 1]%.}
  for (( index = 1; index < \${#words[@]} - 1; index++ )); do
    word=\${words[index]}
    if [[ -n $skip ]]; then skip=; continue; fi
    case $word in
      --) return 0 ;;
      ${grammar.optionsWithValue.join('|')}) skip=1 ;;
      -?*) ;;
      *)
        if [[ -z $first ]]; then first=$word
        elif [[ $first == identity ]]; then first="identity $word"
        else return 0; fi ;;
    esac
  done
  [[ -z $skip ]] || return 0
  breaks=\${COMP_WORDBREAKS//[!:=@]/}
  [[ -z $breaks ]] || prefix=\${typed%"\${typed##*[$breaks]}"}
  candidates=$(__assume_candidates "$first" "$typed")
  if [[ $candidates != *[!A-Za-z0-9_@%+=:,./$'\n'-]* ]]; then
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$candidates" -- "$typed"))
    [[ -z $prefix ]] || COMPREPLY=("\${COMPREPLY[@]#"$prefix"}")
    return 0
  fi
  while IFS= read -r candidate; do
    [[ -n $candidate && $candidate == "$typed"* ]] || continue
    printf -v candidate %q "\${candidate#"$prefix"}"
    COMPREPLY+=("$candidate")
  done <<<"$candidates"
}
function __assume_names {
  local file=\${HOME-}/.cache/assume/${NAMES_FILE} line
  [[ \${XDG_CACHE_HOME-} != /* ]] || file=$XDG_CACHE_HOME/assume/${NAMES_FILE}
  if [[ -f $file && -O $file ]]; then
    {
      IFS= read -r line
      [[ $line == "${placeValues}" ]] || line=
      while [[ -n $line ]] && IFS= read -r line; do
        case $line in
          +*) [[ -e \${line:1} && ! \${line:1} -nt $file ]] || break ;;
          -*) [[ ! -e \${line:1} ]] || break ;;
          .) IFS= read -r -d '' line; printf '%s' "$line"; return ;;
          *) break ;;
        esac
      done
    } <"$file"
  fi
  command assume list --names 2>/dev/null
}
function __assume_candidates {
  case $2 in -*) printf '%s\\n' ${options.join(' ')}; return ;; esac
  case $1 in
    '') printf '%s\\n' ${grammar.commands.join(' ')}; __assume_names ;;
    ${TARGET_COMMANDS.join('|')}) __assume_names ;;
    identity) printf '%s\\n' ${IDENTITY_VERBS.join(' ')} ;;
    ${IDENTITY_COMMANDS.map((words) => `'${words}'`).join('|')}) command assume identity list --names 2>/dev/null ;;
    hook) printf '%s\\n' ${HOOKED_SHELLS.join(' ')} ;;
  esac
}`;
}
