import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { installProgram } from './install-program.js';
import { parseEnvironment } from './parse-environment.js';
import type { Practice } from './practice.js';
import { openTerminal, type Terminal } from './pty.js';

export type ShellName = 'bash' | 'zsh' | 'fish';

/** The shells that have a hook and run here. */
export const HOOKED: readonly ShellName[] = ['bash', 'zsh', 'fish'];

const PROMPT = 'READY> ';

/** An interactive shell in a terminal, with `assume` installed and its hook in the start file. */
export interface HookedShell {
  readonly terminal: Terminal;
  /** Types a line and waits until it has run; what was shown meanwhile, and its status. */
  readonly run: (line: string) => Promise<Ran>;
  /** Types a line that asks for an MFA code, gives it, and waits until the line has run. */
  readonly runWithCode: (line: string, code: string) => Promise<Ran>;
  /** What a program started by the shell finds in its environment now. */
  readonly environment: () => Promise<Record<string, string>>;
}

/** What was shown until a line had run, and its status. */
export interface Ran {
  readonly shown: string;
  readonly status: number;
}

export interface ShellOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The start file; by default the line that loads the hook. */
  readonly startFile?: string;
}

/** How each shell loads the hook. */
export const LOAD_HOOK: Readonly<Record<ShellName, string>> = {
  bash: 'eval "$(assume hook bash)"',
  zsh: 'eval "$(assume hook zsh)"',
  fish: 'assume hook fish | source',
};

/** Writes the user's start file of that shell, with a prompt that says `READY> `. */
export function writeStartFile(practice: Practice, name: ShellName, text: string): void {
  const { path } = practice.home;
  const [file, prompt] = {
    bash: ['.bashrc', `PS1='${PROMPT}'; bind 'set enable-bracketed-paste off' 2>/dev/null`],
    zsh: ['.zshrc', `PS1='${PROMPT}'; unsetopt PROMPT_SP PROMPT_CR ZLE`],
    fish: [
      '.config/fish/config.fish',
      `set -g fish_greeting; function fish_prompt; printf '${PROMPT}'; end`,
    ],
  }[name] as [string, string];
  mkdirSync(join(path, '.config/fish'), { recursive: true });
  // Without it a first fish parses every manual page of the machine in the background.
  mkdirSync(join(path, '.local/share/fish/generated_completions'), { recursive: true });
  writeFileSync(join(path, file), `${prompt}\n${text}\n`);
}

/** The environment of a shell of that practice, with `assume` and this Node on PATH. */
export function shellEnvironment(practice: Practice, name: ShellName): Record<string, string> {
  return {
    ...practice.env,
    PATH: installProgram(practice.home),
    SHELL: name,
    INPUTRC: '/dev/null',
  };
}

/** Opens the shell and waits for its prompt. */
export async function openShell(
  practice: Practice,
  name: ShellName,
  { env = {}, startFile = LOAD_HOOK[name] }: ShellOptions = {},
): Promise<HookedShell> {
  writeStartFile(practice, name, startFile);
  const all = { ...shellEnvironment(practice, name), ...env };
  const terminal = openTerminal(name, ['-i'], { env: all, cwd: practice.home.path });
  try {
    await terminal.waitFor(PROMPT);
  } catch (error) {
    await terminal.close();
    throw error;
  }
  return wrapTerminal(practice, name, terminal);
}

/** The same for a shell that is there already, such as a subshell. */
export function wrapTerminal(practice: Practice, name: ShellName, terminal: Terminal): HookedShell {
  const status = name === 'fish' ? '$status' : '$?';
  let lines = 0;
  const type = (line: string): string => {
    const marker = `ran${String(++lines)}`;
    terminal.type(`${line}; echo "${marker}"=${status}.\r`);
    return marker;
  };
  const finish = async (marker: string) => {
    const shown = await terminal.waitFor(new RegExp(`${marker}=(\\d+)\\.`));
    return { shown, status: Number(/=(\d+)\.$/.exec(shown)?.[1]) };
  };
  return {
    terminal,
    run: (line) => finish(type(line)),
    runWithCode: async (line, code) => {
      const marker = type(line);
      await terminal.waitFor('MFA code');
      terminal.type(`${code}\r`);
      return finish(marker);
    },
    environment: async () => {
      const file = join(practice.home.path, 'environment');
      await finish(type(`env -0 >${file}`));
      const environment = parseEnvironment(readFileSync(file, 'utf8'));
      rmSync(file);
      return environment;
    },
  };
}
