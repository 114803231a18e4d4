import { NAMES_FILE, PLACE_VARIABLES } from '../store/names-file.js';
import {
  HOOKED_SHELLS,
  IDENTITY_COMMANDS,
  IDENTITY_VERBS,
  type HookGrammar,
  TARGET_COMMANDS,
} from './hook-grammar.js';

/**
 * TAB in zsh. `compadd` quotes what it inserts; nothing here expands a name. The
 * completion system has set the options by then.
 */
export function zshCompletion(grammar: HookGrammar): string {
  const options = [...grammar.optionsWithValue, ...grammar.flags, '--help'];
  const placeValues = PLACE_VARIABLES.map((name) => `\${${name}-}`).join('|');
  return `function __assume_complete {
  local word first= skip=
  local -a candidates
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $skip ]]; then skip=; continue; fi
    case $word in
      (--) _files; return ;;
      (${grammar.optionsWithValue.join('|')}) skip=1 ;;
      (-?*) ;;
      (*)
        if [[ -z $first ]]; then first=$word
        elif [[ $first == identity ]]; then first="identity $word"
        else _files; return; fi ;;
    esac
  done
  if [[ -n $skip ]]; then _files; return; fi
  case $PREFIX in (-*) compadd -- ${options.join(' ')}; return ;; esac
  case $first in
    ('') compadd -- ${grammar.commands.join(' ')} ;|
    (''|${TARGET_COMMANDS.join('|')}) candidates=("\${(@f)$(__assume_names)}") ;;
    (identity) candidates=(${IDENTITY_VERBS.join(' ')}) ;;
    (${IDENTITY_COMMANDS.map((words) => `'${words}'`).join('|')}) candidates=("\${(@f)$(command assume identity list --names 2>/dev/null)}") ;;
    (hook) candidates=(${HOOKED_SHELLS.join(' ')}) ;;
  esac
  candidates=("\${(@)candidates:#}")
  compadd -a candidates
}
function __assume_names {
  local file=\${HOME-}/.cache/assume/${NAMES_FILE} line
  [[ \${XDG_CACHE_HOME-} != /* ]] || file=$XDG_CACHE_HOME/assume/${NAMES_FILE}
  local -a lines
  if [[ -f $file && -O $file ]]; then
    lines=("\${(@f)$(<"$file")}")
    if [[ $lines[1] == "${placeValues}" ]]; then
      shift lines
      while (( $#lines )); do
        line=$lines[1]
        shift lines
        case $line in
          (+*) [[ -e \${line#?} && ! \${line#?} -nt $file ]] || break ;;
          (-*) [[ ! -e \${line#?} ]] || break ;;
          (.) print -rl -- $lines; return ;;
          (*) break ;;
        esac
      done
    fi
  fi
  command assume list --names 2>/dev/null
}`;
}
