/**
 * What bash reads in place of `~/.bashrc`. The hook stands in the file itself, because a sourced
 * file would not see the DEBUG trap of the user's.
 */
export function bashStartFile(hook: string | null): string {
  return `if [ -r ~/.bashrc ]; then . ~/.bashrc; fi
export ASSUME_PID=$$
${hook ?? ''}
${MARK}`;
}

/**
 * The prompt gets a constant prefix that refers to variables, which are set before each prompt: so
 * it is found again and moved to the front however a theme or a virtual environment rewrites
 * `PS1`, and never shows yesterday's target. What a variable holds is not expanded again, and is
 * plain text anyway.
 */
const MARK = `function __assume_mark {
  local color= LC_ALL=C prefix='\\[$__assume_color\\]$__assume_target\\[$__assume_plain\\]'
  __assume_color= __assume_target= __assume_plain=
  PS1=$prefix\${PS1//"$prefix"/}
  [[ -n \${ASSUME_TARGET-} ]] || return 0
  if [[ -n \${AWSUME_PROFILE-} ]] && declare -F starship_precmd >/dev/null; then return 0; fi
  __assume_target="[\${ASSUME_TARGET//[!A-Za-z0-9_.@:\\/+=-]/_}] "
  case \${ASSUME_COLOR-} in
    red) color=31 ;; green) color=32 ;; yellow) color=33 ;; blue) color=34 ;;
    magenta) color=35 ;; cyan) color=36 ;; white) color=37 ;;
    *) [[ \${ASSUME_PROTECTED-} != 1 ]] || color=31 ;;
  esac
  if [[ -n $color && -z \${NO_COLOR-} && \${TERM-dumb} != dumb ]]; then
    __assume_color=$'\\e['$color'm' __assume_plain=$'\\e[0m'
  fi
}
if [[ -n \${PROMPT_COMMAND[1]+set} ]]; then PROMPT_COMMAND+=(__assume_mark)
else PROMPT_COMMAND=\${PROMPT_COMMAND:+$PROMPT_COMMAND$'\\n'}__assume_mark
fi
`;
