import { NAMES_FILE, PLACE_VARIABLES } from '../store/names-file.js';
import {
  HOOKED_SHELLS,
  IDENTITY_COMMANDS,
  IDENTITY_VERBS,
  type HookGrammar,
  TARGET_COMMANDS,
} from './hook-grammar.js';

/**
 * TAB in fish, which escapes what it inserts. Past the target fish completes files, and so it does
 * for the value of an option.
 */
export function fishCompletion(grammar: HookGrammar): string {
  const options = [...grammar.optionsWithValue, ...grammar.flags, '--help'];
  const placeValues = PLACE_VARIABLES.map((name) => `$${name}`).join('|');
  return `function __assume_first_word
    set -l first ''
    set -l skip
    for word in (commandline -opc)[2..-1]
        if set -q skip[1]
            set skip
            continue
        end
        switch $word
            case --
                return 1
            case ${grammar.optionsWithValue.join(' ')}
                set skip 1
            case '-?*'
            case '*'
                if test -z "$first"
                    set first $word
                else if test "$first" = identity
                    set first "identity $word"
                else
                    return 1
                end
        end
    end
    set -q skip[1]
    and return 1
    echo $first
end
function __assume_names
    set -l file $HOME/.cache/assume/${NAMES_FILE}
    string match -q '/*' -- "$XDG_CACHE_HOME"
    and set file $XDG_CACHE_HOME/assume/${NAMES_FILE}
    if test -f $file -a -O $file
        set -l lines (string split \\n < $file)
        set -l point (contains -i . $lines)
        if test "$lines[1]" = "${placeValues}" -a -n "$point"
            for line in $lines[2..$point]
                set -l path (string sub -s 2 -- $line)
                switch $line
                    case '+*'
                        test -e $path
                        and not test $path -nt $file
                        or break
                    case '-*'
                        not test -e $path
                        or break
                    case .
                        string join \\n -- $lines[(math $point + 1)..-1]
                        return
                end
            end
        end
    end
    command assume list --names 2>/dev/null
end
function __assume_candidates
    if string match -q -- '-*' (commandline -ct)
        string join \\n -- ${options.join(' ')}
        return
    end
    switch $argv[1]
        case ''
            string join \\n -- ${grammar.commands.join(' ')}
            __assume_names
        case ${TARGET_COMMANDS.join(' ')}
            __assume_names
        case identity
            string join \\n -- ${IDENTITY_VERBS.join(' ')}
        case ${IDENTITY_COMMANDS.map((words) => `'${words}'`).join(' ')}
            command assume identity list --names 2>/dev/null
        case hook
            string join \\n -- ${HOOKED_SHELLS.join(' ')}
    end
end
complete -e -c assume
complete -c assume -n '__assume_first_word >/dev/null' -f -a '(__assume_candidates (__assume_first_word))'`;
}
