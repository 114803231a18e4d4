import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from 'vitest';

import { type FakeAssume, HOOKED } from '../dialect/fake-assume.js';
import { findTerminal, type Terminal } from '../support/pty.js';
import { findTool } from '../support/tools.js';
import { openShellIn, useFakeAssume } from '../support/use-fake-assume.js';

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
  ['assume ident', '[identity]'],
  ['assume identity imp', '[identity] [import]'],
  ['assume identity rotate --quiet sha', '[identity] [rotate] [--quiet] [shared]'],
  ['assume identity mfa sha', '[identity] [mfa] [shared]'],
  ['assume login sha', '[login] [shared]'],
  ['assume identity add sha', '[identity] [add] [sha]'],
  ['assume identity rotate shared sha', '[identity] [rotate] [shared] [sha]'],
  ['assume exec -- prod-r', '[exec] [--] [prod-r]'],
  ['assume --region prod-r', '[--region] [prod-r]'],
];

/** Types that and TAB, runs the line, and waits until it has run and the prompt is back. */
async function complete(shell: Terminal, typed: string): Promise<void> {
  shell.type(`${typed}\t; echo "r"an\r`);
  await shell.waitFor(/\nran\n[^]*READY> /);
}

let fake: FakeAssume;
beforeEach(() => {
  fake = useFakeAssume();
});

/** Where packagers of the program put completion, which needs no hook. */
const FILES = join(import.meta.dirname, '../../completions');
const LOAD_FILE = {
  bash: `source '${FILES}/assume.bash'`,
  zsh: `fpath=('${FILES}' $fpath); autoload -Uz compinit; compinit -u -D`,
  fish: `set -p fish_complete_path '${FILES}'`,
};

const WAYS = HOOKED.flatMap(({ name }) => [
  {
    name,
    way: 'hook',
    load: () => `${name === 'zsh' ? 'autoload -Uz compinit; compinit -u\n' : ''}${fake.load(name)}`,
  },
  { name, way: 'file', load: () => LOAD_FILE[name] },
  { name, way: 'file and the hook', load: () => `${LOAD_FILE[name]}\n${fake.load(name)}` },
]);

describe.each(WAYS)('$name, by the $way', ({ name, load }) => {
  const it = test.skipIf(findTool(name) === null || findTerminal() === null);

  it('inserts a hostile name as one quoted word and runs none of it', async () => {
    fake.reply('list', `${HOSTILE.join('\n')}\n`);
    const shell = await openShellIn(fake, name, load());
    for (const hostile of HOSTILE) {
      const stem = /^[a-z]+/.exec(hostile)?.[0] ?? '';
      await complete(shell, `assume list ran; assume switch ${stem}`);
    }
    const switches = fake.calls.filter((call) => call.includes('[switch]'));
    expect(switches.map((call) => call.replace(/^\S+ \S+ /, ''))).toEqual(
      HOSTILE.map((hostile) => `[switch] [${hostile}]`),
    );
    expect(existsSync(join(fake.directory, 'canary'))).toBe(false);
  });

  it('completes commands, targets, options and shells, each where it belongs', async () => {
    fake.reply('list', 'prod-role\nprotected-thing\nacme:prod@x=y/z\n');
    fake.reply('identity', 'shared\nother\n');
    const shell = await openShellIn(fake, name, load());
    for (const [typed] of COMPLETED) await complete(shell, typed);
    const calls = fake.calls.filter((call) => !call.endsWith('[list] [--names]'));
    const words = calls.map((call) => call.replace(/^\S+ \S+ /, ''));
    expect(words).toEqual(COMPLETED.map(([, completed]) => completed));
  });
});
