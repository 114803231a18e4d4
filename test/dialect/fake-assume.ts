import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { formatScript } from '../../src/delivery/export.js';
import { findDialect } from '../../src/dialect/dialects.js';
import { hookScript } from '../../src/dialect/hook.js';
import type { HookGrammar } from '../../src/dialect/hook-grammar.js';
import type { ShellName } from '../support/open-shell.js';

export const GRAMMAR: HookGrammar = {
  commands: [
    'list',
    'exec',
    'export',
    'hook',
    'switch',
    'renew',
    'leave',
    'plan',
    'console',
    'identity',
    'login',
  ],
  optionsWithValue: ['--duration', '--region', '--mfa-code'],
  flags: ['--quiet', '--refresh'],
  variables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'NEVER_SET'],
};

/** The shells that have a hook and run here, with what keeps them from the user's own files. */
export const HOOKED: readonly { name: ShellName; shell: readonly [string, ...string[]] }[] = [
  { name: 'bash', shell: ['bash', '--norc', '--noprofile'] },
  { name: 'zsh', shell: ['zsh', '-f'] },
  { name: 'fish', shell: ['fish', '--no-config'] },
];

export const SECRET = "wJalrXUtnFEMI/K7MDENG/'bPxRfiCY'EXAMPLEKEY";

/**
 * A temporary directory with an `assume` on PATH that writes down how it was called and answers
 * what the test told it to: the shell's side of the contract, without the program behind it.
 */
export class FakeAssume {
  readonly directory = mkdtempSync(join(tmpdir(), 'assume-hook-'));
  /** What each shell starts with. */
  readonly env: Readonly<Record<string, string>> = {
    PATH: `${this.directory}/bin:/usr/local/bin:/usr/bin:/bin`,
    HOME: join(this.directory, 'home'),
    LANG: 'C.UTF-8',
    TERM: 'xterm',
  };

  constructor() {
    for (const name of ['bin', 'home', 'reply']) mkdirSync(join(this.directory, name));
    writeFileSync(join(this.directory, 'log'), '');
    const program = join(this.directory, 'bin', 'assume');
    writeFileSync(
      program,
      `#!/bin/sh
{ printf '%s %s' "\${ASSUME_SHELL-none}" "\${ASSUME_HOOK-none}"; printf ' [%s]' "$@"; echo; } >>${this.directory}/log
reply=${this.directory}/reply/\${1-}
[ ! -f "$reply" ] || cat "$reply"
[ ! -e "$reply.status" ] || exit "$(cat "$reply.status")"
`,
    );
    chmodSync(program, 0o700);
  }

  /** What \`assume FIRST …\` prints from now on, and its status. */
  reply(first: string, stdout: string, status = 0): void {
    writeFileSync(join(this.directory, 'reply', first), stdout);
    writeFileSync(join(this.directory, 'reply', `${first}.status`), String(status));
  }

  /** The script of a switch: these variables set, AWS_PROFILE and one that never was removed. */
  script(shell: string, variables: Readonly<Record<string, string>>): string {
    const dialect = findDialect(shell);
    if (dialect === null) throw new Error(`no dialect for ${shell}`);
    return formatScript(dialect, { ...variables, AWS_PROFILE: null, NEVER_SET: null });
  }

  /** The line that loads the hook, as the README has it. */
  load(shell: string, change = (hook: string) => hook): string {
    this.reply('hook', change(hookScript(shell, GRAMMAR) ?? ''));
    return findDialect(shell)?.usage(`assume hook ${shell}`) ?? '';
  }

  /** Runs a script in the shell. */
  run(
    [shell, ...args]: readonly [string, ...string[]],
    script: string,
    env: Readonly<Record<string, string>> = {},
  ): { status: number | null; stdout: string; stderr: string } {
    const file = join(this.directory, 'script');
    writeFileSync(file, script);
    const options = {
      cwd: this.directory,
      env: { ...this.env, ...env },
      encoding: 'utf8',
    } as const;
    return spawnSync(shell, [...args, file], options);
  }

  /** `SHELL HOOK [ARGUMENT]…` of each call but that of `assume hook`, oldest first. */
  get calls(): string[] {
    const lines = readFileSync(join(this.directory, 'log'), 'utf8').split('\n').slice(0, -1);
    return lines.filter((line) => !/\[hook\] \[(bash|zsh|fish)\]$/.test(line));
  }

  forgetCalls(): void {
    writeFileSync(join(this.directory, 'log'), '');
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
