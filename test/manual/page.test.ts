import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT_STATUSES } from '../../manual/facts.js';
import { escapeRoff } from '../../manual/roff.js';
import { COMMAND_ROWS } from '../../src/commands/commands.js';
import { OPTION_HELP } from '../../src/commands/options.js';
import { SCHEMA } from '../../src/config/assume-schema.js';
import { COMMANDS, OPTIONS, type CommandName, type OptionName } from '../../src/grammar.js';
import { findTool } from '../support/tools.js';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = join(ROOT, 'man/assume.1');
const page = readFileSync(PAGE, 'utf8');

/** What a reader sees, by the formatter itself; words that it broke at a line's end are whole again. */
function shown(text: string): string {
  const words = ['-man', '-ww', '-rHY=0', '-rLL=400n', '-Tutf8', '-P-cbou'];
  const { stdout, stderr, status } = spawnSync('groff', words, { input: text, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.replace(/\s+/g, ' ');
}

const tagOf = (word: string, value: string): string => `${word} ${value}`.trim();

describe('the man page', () => {
  it.each(Object.keys(COMMANDS) as CommandName[])('has the command %s', (name) => {
    const { operands, summary, examples } = COMMAND_ROWS[name];
    const value = operands === '' ? '' : ` \\fI${escapeRoff(operands)}\\fR`;
    const tag = `\n.TP\n\\fBassume ${escapeRoff(name)}\\fR${value}\n`;
    expect(page).toContain(`${tag}${escapeRoff(summary)}`);
    for (const example of examples) expect(page).toContain(`\n${escapeRoff(example)}\n`);
  });

  it.each(Object.keys(OPTIONS) as OptionName[])('has the option --%s', (name) => {
    const [value, text] = OPTION_HELP[name];
    const shownValue = value === '' ? '' : ` \\fI${escapeRoff(value)}\\fR`;
    const row = `\n.TP\n\\fB${escapeRoff(`--${name}`)}\\fR${shownValue}\n${escapeRoff(text)}\n`;
    expect(page.split(row)).toHaveLength(2);
  });

  it('has each key of assume.ini', () => {
    for (const [key, { description }] of Object.entries(SCHEMA)) {
      expect(page).toContain(`\n.TP\n\\fB${escapeRoff(key)}\\fR`);
      expect(page).toContain(escapeRoff(description));
    }
  });

  it('has the exit statuses of the README', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const [table = ''] = /(?<=## Exit status\n\n)(\|.*\n)+/.exec(readme) ?? [];
    const rows = table.trim().split('\n').slice(2);
    const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
    expect(EXIT_STATUSES).toEqual(cells.map(([, status, meaning]) => [status, meaning]));
  });

  it('is formatted without a warning, and reads as it is meant', ({ skip }) => {
    if (findTool('groff') === null) skip('there is no groff');
    const read = shown(page);
    for (const word of ['NAME', 'SYNOPSIS', 'OPTIONS', 'FILES', 'EXIT STATUS']) {
      expect(read).toContain(` ${word} `);
    }
    for (const [name, [value, text]] of Object.entries(OPTION_HELP)) {
      expect(read).toContain(`${tagOf(`--${name}`, value)} ${text}`);
    }
    expect(read).toContain('assume exec TARGET [--] COMMAND…');
    expect(read).toContain('eval "$(assume export prod-role --shell sh)"');
  });

  it('is shown by man', ({ skip }) => {
    if (findTool('man') === null) skip('there is no man');
    const env = { ...process.env, MANWIDTH: '200', LC_ALL: 'C.UTF-8' };
    const { stdout } = spawnSync('man', ['-P', 'cat', '-l', PAGE], { env, encoding: 'utf8' });
    expect(stdout).toContain('--source-identity');
  });

  it.each([
    ['.TH', '\\&.TH'],
    ["'br", '\\(aqbr'],
    ['a\n.b', 'a\n\\&.b'],
    ['a\\fB', 'a\\efB'],
    ['--x', '\\-\\-x'],
    ['…', '\\[u2026]'],
  ])('takes %j for text', (text, escaped) => {
    expect(escapeRoff(text)).toBe(escaped);
  });
});
