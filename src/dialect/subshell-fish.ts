/** What fish runs after the user's own configuration (`-C`). */
export function fishStartFile(hook: string | null): string {
  return `set -gx ASSUME_PID $fish_pid
${hook ?? ''}
${MARK}`;
}

/**
 * `fish_prompt` is wrapped before each prompt unless it already is: a theme chosen later replaces
 * it. The user's prompt runs first and in a substitution, so that it sees `$status` and
 * `$pipestatus` as they are.
 */
const MARK = `function __assume_mark
    test -n "$ASSUME_TARGET"
    or return
    if test -n "$AWSUME_PROFILE"; and functions __assume_user_prompt | string match -q '*starship*'
        return
    end
    set -l color
    if contains -- "$ASSUME_COLOR" red green yellow blue magenta cyan white
        set color $ASSUME_COLOR
    else if test "$ASSUME_PROTECTED" = 1
        set color red
    end
    test -z "$NO_COLOR" -a "$TERM" != dumb
    or set color
    set -q color[1]
    and set_color $color
    printf '[%s] ' (string replace -ar '[^A-Za-z0-9_.@:/+=-]' _ -- $ASSUME_TARGET)
    set -q color[1]
    and set_color normal
end
function __assume_wrap_prompt --on-event fish_prompt
    functions fish_prompt | string match -q '*__assume_user_prompt*'
    and return
    functions -e __assume_user_prompt
    functions -c fish_prompt __assume_user_prompt
    function fish_prompt
        set -l IFS \\n
        set -l prompt (__assume_user_prompt)
        __assume_mark
        string join \\n -- $prompt
    end
end
`;
