import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sectionsOf } from '../src/commands/config-help.js';
import { SCHEMA } from '../src/config/assume-schema.js';

const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

/** The table of keys as the README has to show it. */
function keyTable(): string {
  const rows = Object.entries(SCHEMA).map(
    ([key, setting]) => `| \`${key}\` | ${sectionsOf(setting)} | ${setting.description} |`,
  );
  return ['| key | in section | what it says |', '| --- | --- | --- |', ...rows].join('\n');
}

it('shows every key of assume.ini as the schema has it', () => {
  const squeezed = README.replace(/ +\|/g, ' |')
    .replace(/\| -+ \|/g, '| --- |')
    .replace(/-{3,}/g, '---');
  expect(squeezed).toContain(keyTable());
});
