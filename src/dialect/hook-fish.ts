import { fishCompletion } from './completion-fish.js';
import { SENTINEL } from './dialect.js';
import { type HookGrammar, SHELL_CHANGING_COMMANDS } from './hook-grammar.js';

/** The hook for fish, 3.1 and later. A function replaces an alias, which is a function too. */
export function fishHook(grammar: HookGrammar): string {
  return [assumeFunction(grammar), RENEWAL, INHERITED, fishCompletion(grammar), LOAD].join('\n');
}

/**
 * An empty local `fish_trace` turns the trace off until the function ends. `IFS` is what splits
 * the output into lines. `source` ends with the status of the last statement, which may be that of
 * an unset that had nothing to do.
 */
function assumeFunction(grammar: HookGrammar): string {
  return `function assume
    if __assume_changes_shell $argv
        __assume_switch $argv
    else
        ASSUME_SHELL=fish command assume $argv
    end
end
function __assume_changes_shell
    contains -- -- $argv
    and return 1
    set -l skip
    for word in $argv
        if set -q skip[1]
            set skip
            continue
        end
        switch $word
            case ${grammar.optionsWithValue.join(' ')}
                set skip 1
            case -h --help --version
                return 1
            case -
                return 0
            case '-*'
            case ${SHELL_CHANGING_COMMANDS.join(' ')}
                return 0
            case ${grammar.commands.join(' ')}
                return 1
            case '*'
                return 0
        end
    end
    return 0
end
function __assume_switch
    set -l fish_trace
    set -l IFS \\n
    set -l script (ASSUME_SHELL=fish ASSUME_HOOK=$fish_pid command assume $argv)
    or return
    if test "$script[-1]" = '${SENTINEL}'
        printf '%s\\n' $script | source
    else if set -q script[1]
        printf '%s\\n' $script
    end
    return 0
end`;
}

/**
 * fish has no clock, but `path mtime` knows a file's time and, from 3.6 on, how long ago that was:
 * the sum is now, with no process. The time is moved on before renewing: whatever fails, the next
 * try is a minute away. `ASSUME_RENEWAL` tells the program that nobody typed it. fish gives
 * `$status` back after an event.
 */
const RENEWAL = `function __assume_now
    set -l changed (path mtime -- / 2>/dev/null)
    and set -l age (path mtime -R -- / 2>/dev/null)
    and math $changed + $age
    or command date +%s
end
function __assume_preexec --on-event fish_preexec
    string match -qr '^[0-9]{1,12}$' -- "$ASSUME_RENEW_AT"
    or return
    set -l now (__assume_now)
    test $now -ge $ASSUME_RENEW_AT
    or return
    set -gx ASSUME_RENEW_AT (math $now + 60)
    set -lx ASSUME_RENEWAL due
    __assume_switch renew --no-input --quiet </dev/null >/dev/null
end`;

const INHERITED = `function __assume_drop_inherited
    test -n "$ASSUME_TARGET"
    and test -n "$ASSUME_PID"
    and test "$ASSUME_PID" != $fish_pid
    or return 0
    set -l why
    if test "$ASSUME_PROTECTED" = 1
        set why 'it is protected'
    else if set -l expiration (string match -r '^[-0-9T:]{19}' -- "$ASSUME_EXPIRATION" | string replace -ar '[^0-9]' '')
        test $expiration -lt (command date -u +%Y%m%d%H%M%S)
        and set why 'they have expired'
    end
    set -q why[1]
    or return 0
    set -l target (string replace -ar '[^A-Za-z0-9_.@:/+=-]' _ -- $ASSUME_TARGET)
    if __assume_switch leave --quiet >/dev/null
        echo "assume: dropped the credentials of $target inherited from another shell: $why" >&2
    else
        echo "assume: the credentials of $target inherited from another shell are still set ($why)" >&2
    end
end`;

const LOAD = `__assume_drop_inherited
`;
