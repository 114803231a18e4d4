/**
 * The start files zsh finds in our directory. Each gives `ZDOTDIR` back for as long as the user's
 * own file of that name runs; `.zshrc` gives it back for good, so that `.zlogin` is read from
 * where it always was and children see the variable as it was.
 */
export function zshStartFiles(hook: string | null): Record<string, string> {
  return {
    '.zshenv': `__assume_directory=$ZDOTDIR
unset ZDOTDIR
[[ -z \${ASSUME_ZDOTDIR+set} ]] || export ZDOTDIR=$ASSUME_ZDOTDIR
unset ASSUME_ZDOTDIR
${source('.zshenv')}${TAKE}`,
    '.zprofile': `${GIVE_BACK}${source('.zprofile')}${TAKE}`,
    '.zshrc': `${GIVE_BACK}${HISTORY}unset __assume_directory __assume_zdotdir __assume_had_zdotdir
${source('.zshrc')}export ASSUME_PID=$$
${hook ?? ''}
${MARK}`,
  };
}

function source(file: string): string {
  const path = `"\${ZDOTDIR-$HOME}/${file}"`;
  return `[[ ! -r ${path} ]] || source ${path}\n`;
}

/** Keeps what the user's file made of `ZDOTDIR`, and takes it again. */
const TAKE = `__assume_zdotdir=\${ZDOTDIR-} __assume_had_zdotdir=\${ZDOTDIR+yes}
ZDOTDIR=$__assume_directory
`;

const GIVE_BACK = `if [[ -n $__assume_had_zdotdir ]]; then ZDOTDIR=$__assume_zdotdir; else unset ZDOTDIR; fi
`;

/** /etc/zshrc of macOS derives it from `ZDOTDIR`, which is ours at that moment. */
const HISTORY = `[[ \${HISTFILE-} != "$__assume_directory"/* ]] || HISTFILE=\${ZDOTDIR-$HOME}/.zsh_history
`;

/**
 * The mark is put before whatever the theme left in `PROMPT`, last of all `precmd` functions. It
 * begins and ends with an empty `%{%}`, by which an older one is found and taken out wherever a
 * theme has moved it. It holds no character that prompt expansion reads.
 */
const MARK = `function __assume_mark {
  emulate -L zsh -o extended_glob
  local LC_ALL=C color
  PROMPT=\${PROMPT//'%{%}'(%F\\{[a-z]##\\}|)'['[A-Za-z0-9_.@:\\/+=-]##'] '(%f|)'%{%}'/}
  [[ -n \${ASSUME_TARGET-} ]] || return 0
  if [[ -n \${AWSUME_PROFILE-} ]] && (( \${+functions[starship_precmd]} + \${+functions[p10k]} )); then return 0; fi
  case \${ASSUME_COLOR-} in
    (red|green|yellow|blue|magenta|cyan|white) color=$ASSUME_COLOR ;;
    (*) [[ \${ASSUME_PROTECTED-} != 1 ]] || color=red ;;
  esac
  [[ -z \${NO_COLOR-} && \${TERM-dumb} != dumb ]] || color=
  PROMPT="%{%}\${color:+%F{$color\\}}[\${ASSUME_TARGET//[^A-Za-z0-9_.@:\\/+=-]/_}] \${color:+%f}%{%}$PROMPT"
}
typeset -ga precmd_functions
precmd_functions+=(__assume_mark)
`;
