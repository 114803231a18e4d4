import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { FakeAssume, HOOKED } from '../dialect/fake-assume.js';
import { findTerminal, openTerminal, type Terminal } from '../support/pty.js';
import { findTool } from '../support/tools.js';

/** What a file of somebody else's may call its targets. */
const HOSTILE = [
  'x$(touch canary)',
  'evil;touch canary',
  'tick`touch canary`',
  'quote\'"touch',
  'space touch canary',
  'star*',
  'amp&touch canary',
  'back\\slash',
  'hash#x',
  'bang!x',
  'brace{a,b}',
  'tilde~x',
];

/** What is typed before TAB and Enter, and the arguments that arrive. */
const COMPLETED: readonly (readonly [typed: string, words: string])[] = [
  ['assume prod-r', '[prod-role]'],
  ['assume --region eu-west-1 prod-r', '[--region] [eu-west-1] [prod-role]'],
  ['assume exec prod-r', '[exec] [prod-role]'],
  ['assume plan --quiet prod-r', '[plan] [--quiet] [prod-role]'],
  ['assume cons', '[console]'],
  ['assume hook powersh', '[hook] [powershell]'],
  ['assume prod-role --dur', '[prod-role] [--duration]'],
  ['assume --ref', '[--refresh]'],
  ['assume console powers', '[console] [powers]'],
  ['assume acme:prod@x=', '[acme:prod@x=y/z]'],
  ['assume acme:', '[acme:prod@x=y/z]'],
  ['assume exec -- prod-r', '[exec] [--] [prod-r]'],
  ['assume --region prod-r', '[--region] [prod-r]'],
];

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

async function openShell(name: string): Promise<Terminal> {
  const zsh = `PS1='READY> '; autoload -Uz compinit; compinit -u\n`;
  const start = `${name === 'zsh' ? zsh : `PS1='READY> '\n`}${fake.load(name)}\n`;
  const file = join(fake.directory, 'home', name === 'zsh' ? '.zshrc' : 'start');
  writeFileSync(file, name === 'fish' ? start.replace(/^PS1.*\n/, '') : start);
  const args = {
    bash: ['--rcfile', file, '-i'],
    zsh: ['-i'],
    fish: ['--no-config', '-i', '-C', `source ${file}; function fish_prompt; echo "READY> "; end`],
  }[name];
  terminal = openTerminal(name, args, {
    env: { ...fake.env, ZDOTDIR: join(fake.directory, 'home') },
    cwd: fake.directory,
  });
  await terminal.waitFor('READY> ');
  return terminal;
}

describe.each(HOOKED)('$name', ({ name }) => {
  const it = test.skipIf(findTool(name) === null || findTerminal() === null);

  it('inserts a hostile name as one quoted word and runs none of it', async () => {
    fake.reply('list', `${HOSTILE.join('\n')}\n`);
    const shell = await openShell(name);
    for (const hostile of HOSTILE) {
      const stem = /^[a-z]+/.exec(hostile)?.[0] ?? '';
      shell.type(`assume list ran; assume switch ${stem}\t\r`);
      await shell.waitFor('READY> ');
    }
    const switches = fake.calls.filter((call) => call.includes('[switch]'));
    expect(switches.map((call) => call.replace(/^\S+ \d+ /, ''))).toEqual(
      HOSTILE.map((hostile) => `[switch] [${hostile}]`),
    );
    expect(existsSync(join(fake.directory, 'canary'))).toBe(false);
  });

  it('completes commands, targets, options and shells, each where it belongs', async () => {
    fake.reply('list', 'prod-role\nprotected-thing\nacme:prod@x=y/z\n');
    const shell = await openShell(name);
    for (const [typed] of COMPLETED) {
      shell.type(`${typed}\t\r`);
      await shell.waitFor('READY> ');
    }
    const calls = fake.calls.filter((call) => !call.includes('[list] [--names]'));
    const words = calls.map((call) => call.replace(/^\S+ \S+ /, ''));
    expect(words).toEqual(COMPLETED.map(([, completed]) => completed));
  });
});
