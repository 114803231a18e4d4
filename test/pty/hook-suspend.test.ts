import { expect, test } from 'vitest';

import {
  HOOKED,
  LOAD_HOOK,
  shellEnvironment,
  wrapTerminal,
  writeStartFile,
  type HookedShell,
  type ShellName,
} from '../support/open-shell.js';
import type { Practice } from '../support/practice.js';
import { findTerminal, openTerminal } from '../support/pty.js';
import { findTool } from '../support/tools.js';
import { usePractice } from '../support/use-practice.js';

const CTRL_Z = '\u001a';
const PROMPT = 'MFA code of jane.doe for base:';

/** The shell as a job of another: only then does Ctrl-Z stop what it runs. */
async function openInner(practice: Practice, name: ShellName): Promise<HookedShell> {
  writeStartFile(practice, name, LOAD_HOOK[name]);
  const options = { env: shellEnvironment(practice, name), cwd: practice.home.path };
  const terminal = openTerminal('bash', ['--norc', '--noprofile', '-i'], options);
  await terminal.waitFor(/[#$] /);
  terminal.type(`${name} -i\r`);
  await terminal.waitFor('READY> ');
  return wrapTerminal(practice, name, terminal);
}

const EXPORT: Readonly<Record<ShellName, string>> = {
  bash: 'eval "$(assume export prod-role)"',
  zsh: 'eval "$(assume export prod-role)"',
  fish: 'eval (assume export prod-role | string collect)',
};

test.each(
  HOOKED.flatMap((name): [ShellName, string][] => [
    [name, 'assume prod-role'],
    [name, EXPORT[name]],
  ]),
)('in %s Ctrl-Z at the prompt of %s is ignored, and the code stays hidden', async (name, line) => {
  if (findTool(name) === null || findTerminal() === null) return;
  const practice = await usePractice();
  const code = practice.code('jane.doe');
  const { terminal, environment } = await openInner(practice, name);
  try {
    terminal.type(`${line}\r`);
    await terminal.waitFor(PROMPT);
    terminal.type(code.slice(0, 3));
    await terminal.waitFor('***');
    terminal.type(CTRL_Z);
    terminal.type(code.slice(3));
    await terminal.waitFor('******');
    terminal.type('\r');
    await terminal.waitFor('READY> ');
    expect(await environment()).toMatchObject({ ASSUME_TARGET: 'prod-role' });
    expect(terminal.text).not.toContain(code);
  } finally {
    await terminal.close();
  }
});

test.each(HOOKED)('in %s Ctrl-Z is ignored while the hook waits for AWS', async (name) => {
  if (findTool(name) === null || findTerminal() === null) return;
  const practice = await usePractice({ latencyMs: 2000 });
  const { terminal, environment } = await openInner(practice, name);
  try {
    terminal.type('assume prod-role\r');
    await terminal.waitFor(PROMPT);
    terminal.type(`${practice.code('jane.doe')}\r`);
    await expect.poll(() => practice.received(), { timeout: 10_000 }).toEqual(['GetSessionToken']);
    terminal.type(CTRL_Z);
    await terminal.waitFor('READY> ');
    expect(await environment()).toMatchObject({ ASSUME_TARGET: 'prod-role' });
  } finally {
    await terminal.close();
  }
});
