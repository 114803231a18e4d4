import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTerminal, type Terminal } from '../support/pty.js';
import type { TempHome } from '../support/temp-home.js';

/** Acts in an interactive bash on a terminal of its own, whose prompt is `ready> `. */
export async function inShell(
  home: TempHome,
  act: (terminal: Terminal) => Promise<void>,
): Promise<void> {
  const rc = join(home.path, 'bashrc');
  writeFileSync(rc, "PS1='ready> '\nbind 'set enable-bracketed-paste off' 2>/dev/null\n");
  const args = ['--noprofile', '--rcfile', rc, '--noediting', '-i'];
  const terminal = openTerminal('bash', args, { env: home.env, cwd: home.path });
  try {
    await terminal.waitFor('ready> ');
    await act(terminal);
  } finally {
    await terminal.close();
  }
}
