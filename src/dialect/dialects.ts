import { CMD } from './cmd.js';
import type { Dialect } from './dialect.js';
import { ELVISH } from './elvish.js';
import { FISH } from './fish.js';
import { NUSHELL } from './nushell.js';
import { posixDialect } from './posix.js';
import { powershellDialect } from './powershell.js';
import { tcshDialect } from './tcsh.js';
import { XONSH } from './xonsh.js';

/** Every shell that we can write for, by the name its program has. */
export const DIALECTS: readonly Dialect[] = [
  ...['sh', 'bash', 'zsh', 'dash', 'ksh', 'mksh', 'busybox', 'yash'].map(posixDialect),
  FISH,
  tcshDialect('tcsh'),
  tcshDialect('csh'),
  powershellDialect('powershell'),
  powershellDialect('pwsh'),
  CMD,
  NUSHELL,
  ELVISH,
  XONSH,
];

/** Names under which the same languages go elsewhere. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ash: 'busybox',
  rbash: 'bash',
  rzsh: 'zsh',
  oksh: 'ksh',
  lksh: 'mksh',
  'pwsh-preview': 'pwsh',
  nushell: 'nu',
};

/**
 * The dialect of a shell, from the name people or the system give it: `bash`, `/usr/bin/zsh`,
 * `-zsh` (a login shell's own name), `ksh93`, `pwsh.exe`, `C:\Windows\System32\cmd.exe`.
 *
 * @returns `null` when we can't write for it.
 */
export function findDialect(shellName: string): Dialect | null {
  const program = shellProgram(shellName);
  const name = Object.hasOwn(OTHER_NAMES, program) ? OTHER_NAMES[program] : program;
  return DIALECTS.find((dialect) => dialect.name === name) ?? null;
}

/** `/usr/bin/ksh93`, `-ksh` and `KSH.EXE` are all `ksh`. */
function shellProgram(shellName: string): string {
  const file = shellName
    .replace(/^.*[/\\]/, '')
    .replace(/^-/, '')
    .toLowerCase();
  return file.replace(/\.exe$/, '').replace(/-?\d[\d.]*$/, '');
}
