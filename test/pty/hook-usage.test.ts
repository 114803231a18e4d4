import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { findDialect } from '../../src/dialect/dialects.js';
import { SECRET } from '../dialect/fake-assume.js';
import { findTerminal } from '../support/pty.js';
import { findTool } from '../support/tools.js';
import { openTerminalIn, useFakeAssume } from '../support/use-fake-assume.js';

/** A prompt reads comments and `!` in other ways than a script does. */
const SHELLS: readonly (readonly [shell: string, ...args: string[]])[] = [
  ['bash', '--norc', '-i'],
  ['zsh', '-f', '-i', '-o', 'no_prompt_sp'],
  ['fish', '--no-config', '-i'],
  ['tcsh', '-f', '-i'],
  ['dash', '-i'],
  ['ksh93', '-i'],
  ['mksh', '-i'],
];

/** How the prompt of each of them ends, root's or another's. */
const PROMPT = /[#$%>] /;

const isMissing = (shell: string) => findTool(shell) === null || findTerminal() === null;

for (const [shell, ...args] of SHELLS) {
  test.skipIf(isMissing(shell))(
    `${shell} takes a script at its prompt without a word`,
    async () => {
      const fake = useFakeAssume();
      const value = `${SECRET}!x !! #y`;
      fake.reply('export', fake.script(shell, { NEW: value }));
      const show = '#!/bin/sh\nenv | grep "^NEW="; echo end.\n';
      writeFileSync(join(fake.directory, 'bin', 'show'), show, { mode: 0o700 });
      const terminal = openTerminalIn(fake, shell, args);
      await terminal.waitFor(PROMPT);
      terminal.type(`${findDialect(shell)?.usage('assume export prod') ?? ''}; show\r`);
      const shown = await terminal.waitFor(/\nend\./);
      expect(shown).toContain(`NEW=${value}\n`);
      expect(shown).not.toMatch(/not found|unknown/i);
    },
  );
}
