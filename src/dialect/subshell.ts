import { findDialect } from './dialects.js';
import { quoteFish } from './fish.js';
import { bashStartFile } from './subshell-bash.js';
import { fishStartFile } from './subshell-fish.js';
import { zshStartFiles } from './subshell-zsh.js';

/** How to start a shell that belongs to a target. */
export interface SubshellStart {
  readonly command: string;
  readonly args: readonly string[];
  /** To be set besides the credentials. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Files the shell reads, by their name inside the directory. The same for every target and
   * user of this version, and without a secret: they may lie there for ever.
   */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * The user's own shell, interactive, with their own start files read as ever, the hook loaded, and
 * in bash, zsh and fish a prompt that begins with the target: `[prod-role] `. Any other shell is
 * started with `-i`, unmarked.
 *
 * What changes from one target to the next comes from the environment at each prompt, so that
 * `assume other` and `assume leave` change the mark: `ASSUME_TARGET` (plain characters only, the
 * rest shown as `_`), `ASSUME_COLOR` (a colour's name; red when `ASSUME_PROTECTED` is 1 and no
 * colour is named), `NO_COLOR`. No mark is made beside a prompt theme that shows
 * `AWSUME_PROFILE` itself.
 *
 * @param shell - the path in `$SHELL`.
 * @param directory - absolute, ours alone; where `files` will be.
 * @param hook - what `hookScript` gave for that shell; `null` leaves it out.
 * @param userZdotdir - `ZDOTDIR` of the user's environment, which zsh needs back.
 */
export function subshellStart(
  shell: string,
  directory: string,
  hook: string | null,
  userZdotdir?: string,
): SubshellStart {
  const start = (args: string[], files = {}, env = {}) => ({ command: shell, args, env, files });
  switch (findDialect(shell)?.name) {
    case 'bash':
      return start(['--rcfile', `${directory}/bashrc`, '-i'], { bashrc: bashStartFile(hook) });
    case 'zsh':
      return start(['-i'], zshStartFiles(hook), {
        ZDOTDIR: directory,
        ...(userZdotdir === undefined ? {} : { ASSUME_ZDOTDIR: userZdotdir }),
      });
    case 'fish':
      return start(['-i', '-C', `source ${quoteFish(`${directory}/start.fish`)}`], {
        'start.fish': fishStartFile(hook),
      });
    default:
      return start(['-i']);
  }
}
