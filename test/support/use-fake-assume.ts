import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

import { FakeAssume } from '../dialect/fake-assume.js';
import type { ShellName } from './open-shell.js';
import { openTerminal, type Terminal } from './pty.js';

/** A fake `assume` of this test alone, removed when it ends. */
export function useFakeAssume(): FakeAssume {
  const fake = new FakeAssume();
  onTestFinished(() => {
    fake.remove();
  });
  return fake;
}

/**
 * Starts a program in a terminal, in the fake's directory and with the fake on PATH; it is closed
 * when the test ends.
 */
export function openTerminalIn(
  fake: FakeAssume,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Terminal {
  const terminal = openTerminal(command, args, {
    env: { ...fake.env, ...env },
    cwd: fake.directory,
  });
  onTestFinished(() => terminal.close());
  return terminal;
}

/** The start file in HOME, how it makes the prompt, and the arguments with which the shell reads it. */
type Start = readonly [file: string, prompt: string, ...args: string[]];

const FISH_PROMPT = "function fish_prompt; echo 'READY> '; end";
const STARTS: Readonly<Record<ShellName, Start>> = {
  bash: ['.bashrc', "PS1='READY> '", '-i'],
  zsh: ['.zshrc', "PS1='READY> '", '-i'],
  fish: ['start.fish', FISH_PROMPT, '--no-config', '-i', '-C', 'source ~/start.fish'],
};

/** Opens an interactive shell that has read `startFile`, and waits for its prompt, `READY> `. */
export async function openShellIn(
  fake: FakeAssume,
  name: ShellName,
  startFile: string,
): Promise<Terminal> {
  const [file, prompt, ...args] = STARTS[name];
  writeFileSync(join(fake.directory, 'home', file), `${prompt}\n${startFile}\n`);
  const shell = openTerminalIn(fake, name, args);
  await shell.waitFor('READY> ');
  return shell;
}
