import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { findDialect } from '../../src/dialect/dialects.js';
import { FakeAssume, SECRET } from '../dialect/fake-assume.js';
import { findTerminal, openTerminal, type Terminal } from '../support/pty.js';
import { findTool } from '../support/tools.js';

let fake: FakeAssume;
let terminal: Terminal | null;
beforeEach(() => {
  fake = new FakeAssume();
  terminal = null;
});
afterEach(async () => {
  await terminal?.close();
  fake.remove();
});

/** A prompt reads comments and `!` in other ways than a script does. */
const PROMPTS: readonly (readonly [shell: string, ...args: string[]])[] = [
  ['bash', '--norc', '-i'],
  ['zsh', '-f', '-i'],
  ['fish', '--no-config', '-i'],
  ['tcsh', '-f', '-i'],
  ['dash', '-i'],
  ['ksh93', '-i'],
  ['mksh', '-i'],
];

const isMissing = (shell: string) => findTool(shell) === null || findTerminal() === null;

for (const [shell, ...args] of PROMPTS) {
  test.skipIf(isMissing(shell))(
    `${shell} takes a script at its prompt without a word`,
    async () => {
      const value = `${SECRET}!x !! #y`;
      fake.reply('export', fake.script(shell, { NEW: value }));
      writeFileSync(
        join(fake.directory, 'bin', 'show'),
        '#!/bin/sh\nenv | grep "^NEW="; echo end.\n',
        {
          mode: 0o700,
        },
      );
      terminal = openTerminal(shell, args, { env: fake.env, cwd: fake.directory });
      terminal.type(`${findDialect(shell)?.usage('assume export prod') ?? ''}; show\r`);
      const shown = await terminal.waitFor(/\nend\./);
      expect(shown).toContain(`NEW=${value}\n`);
      expect(shown).not.toMatch(/not found|unknown/i);
      terminal.type('exit\r');
    },
  );
}
