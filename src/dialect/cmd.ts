import { AssumeError } from '../errors.js';
import { checkName, type Dialect } from './dialect.js';

/**
 * cmd.exe, which has no quoting that holds for `%`, `!`, `^`, `"` and line ends in batch files, at
 * the prompt and with delayed expansion alike. Values made of anything but plain characters are
 * refused; keys, tokens, ARNs and dates are plain. A bare `exit` would end the prompt's own shell.
 * `rem` overlooks the parenthesis; other shells don't, and those that know another `set` read all of a
 * script before they run it.
 *
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/set_1
 */
export const CMD: Dialect = {
  name: 'cmd',
  sentinel: 'rem ) assume: end',
  set: (name, value) => `set "${checkName(name)}=${checkPlain(name, value)}"\r\n`,
  unset: (name) => `set "${checkName(name)}="\r\n`,
  fail: (status) => `cmd /c exit ${String(status)} & rem )\r\n`,
  usage: (command) => `for /f "delims=" %i in ('${command}') do @%i`,
};

function checkPlain(name: string, value: string): string {
  if (/^[A-Za-z0-9+/=_.:@-]*$/.test(value)) return value;
  throw new AssumeError(
    'FAILED',
    `${name} can't be set in cmd.exe: its value holds a character that cmd.exe might run`,
    {
      hint:
        'Use PowerShell, or start the command itself: assume exec TARGET -- COMMAND\n' +
        'A target with a plain name (letters, digits and + / = _ . : @ -) works in cmd.exe too.',
    },
  );
}
