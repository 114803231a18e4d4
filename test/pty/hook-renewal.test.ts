import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from 'vitest';

import { type FakeAssume, HOOKED } from '../dialect/fake-assume.js';
import { findTerminal } from '../support/pty.js';
import { findTool } from '../support/tools.js';
import { openShellIn, useFakeAssume } from '../support/use-fake-assume.js';

let fake: FakeAssume;
beforeEach(() => {
  fake = useFakeAssume();
});

describe.each(HOOKED)('$name', ({ name }) => {
  const it = test.skipIf(findTool(name) === null || findTerminal() === null);
  const fish = name === 'fish';
  const due = (time: string) =>
    fish ? `set -gx ASSUME_RENEW_AT ${time}` : `export ASSUME_RENEW_AT=${time}`;

  it('renews before the command that is due, which sees the new credentials', async () => {
    fake.reply('renew', fake.script(name, { TOKEN: 'new', ASSUME_RENEW_AT: '99999999999' }));
    const shell = await openShellIn(fake, name, fake.load(name));
    shell.type(`${due('1')}\r`);
    shell.type('echo "token"=$TOKEN,$ASSUME_RENEW_AT\r');
    await shell.waitFor('token=new,99999999999');
    shell.type('env | grep TOKEN; echo "calls"=$(cat log | wc -l)\r');
    await shell.waitFor(/TOKEN=new\n[^]*calls=2/);
    expect(fake.calls).toEqual([
      expect.stringMatching(`^${name} \\d+ \\[renew\\] \\[--no-input\\] \\[--quiet\\]$`),
    ]);
  });

  it('shows nothing of it, and keeps the status and the last argument', async () => {
    fake.reply('renew', fake.script(name, { ASSUME_RENEW_AT: '1' }));
    const shell = await openShellIn(fake, name, `${fake.load(name)}\n${due('1')}`);
    shell.type("sh -c 'exit 3' x lastarg\r");
    shell.type(fish ? 'echo "seen"=$status\r' : 'echo "seen"=$?,$_,\r');
    const shown = await shell.waitFor(fish ? 'seen=3' : 'seen=3,lastarg,');
    expect(shown).not.toMatch(/assume|renew|\[\d+\]/);
    expect(fake.calls.length).toBeGreaterThanOrEqual(2);
  });

  it('tries again only a minute later when it fails', async () => {
    fake.reply('renew', 'export TOKEN=half\n', 5);
    const shell = await openShellIn(fake, name, fake.load(name));
    const seconds = (): number => Math.floor(Date.now() / 1000);
    const before = seconds();
    shell.type(`${due('1')}\r`);
    for (const word of ['one', 'two', 'three']) {
      shell.type(`echo "${word}=$ASSUME_RENEW_AT,$TOKEN."\r`);
      const shown = await shell.waitFor(new RegExp(`${word}=\\d+,\\.`));
      const next = Number(/=(\d+),\.$/.exec(shown)?.[1]);
      // A shell's clock is the kernel's coarse one, which may still be in the second before.
      expect(next).toBeGreaterThanOrEqual(before + 59);
      expect(next).toBeLessThanOrEqual(seconds() + 60);
    }
    expect(fake.calls).toHaveLength(1);
  });

  it.each(['99999999999', '', 'x[$(touch canary)]', '9'.repeat(30), '-1', '1 2'])(
    'does nothing at the time %j',
    async (time) => {
      const shell = await openShellIn(fake, name, `${fake.load(name)}\n${due(`'${time}'`)}`);
      shell.type('echo "files"=$(ls)\r');
      const shown = await shell.waitFor(/files=.*script|files=.*reply/);
      expect(shown).not.toMatch(/files=.*canary|error|integer/);
      expect(fake.calls).toEqual([]);
    },
  );
});

describe('bash', () => {
  const it = test.skipIf(findTool('bash') === null || findTerminal() === null);
  const start = (extra: string) => `${extra}\nexport ASSUME_RENEW_AT=1`;

  it('renews before each command of a line, pipelines too', async () => {
    fake.reply('renew', fake.script('bash', { TOKEN: 'new' }));
    const shell = await openShellIn(fake, 'bash', start(fake.load('bash')));
    shell.type('env | grep TOKEN=\r');
    await shell.waitFor('\nTOKEN=new');
  });

  it.each([
    ['before', (trap: string, load: string) => `${trap}\n${load}`],
    ['after', (trap: string, load: string) => `${load}\n${trap}`],
    ['in a sourced file before', (trap: string, load: string) => `${trap}\n. ./load\n# ${load}`],
  ])('keeps a DEBUG trap that was set %s', async (_, order) => {
    fake.reply('renew', fake.script('bash', { TOKEN: 'new' }));
    const load = fake.load('bash');
    writeFileSync(join(fake.directory, 'load'), `${load}\n`);
    const trap = `trap 'seen="$seen[$?:$BASH_COMMAND]"' DEBUG`;
    const shell = await openShellIn(fake, 'bash', start(order(trap, load)));
    shell.type('(exit 4)\r');
    shell.type('echo "seen"=$TOKEN,"$seen"\r');
    const shown = await shell.waitFor(/seen=new,[^]*\]\nREADY> /);
    expect(shown).toContain('[4:echo "seen"=$TOKEN,"$seen"]\nREADY> ');
    expect(shown).not.toContain('[4:return]');
  });

  it('joins bash-preexec where that is loaded, and leaves its trap alone', async () => {
    fake.reply('renew', fake.script('bash', { TOKEN: 'new' }));
    const preexec = `bash_preexec_imported=defined; preexec_functions=(); its() { for f in "\${preexec_functions[@]}"; do "$f" "$BASH_COMMAND"; done; }; trap its DEBUG`;
    const load = fake.load('bash');
    const shell = await openShellIn(fake, 'bash', start(`${load}\n${load}\n${preexec}`));
    shell.type('echo "token"=$TOKEN,$(trap -p DEBUG),${preexec_functions[*]}.\r');
    await shell.waitFor("token=new,trap -- 'its' DEBUG,__assume_preexec.");
  });

  it('does not end a shell in which errors are fatal', async () => {
    fake.reply('renew', '', 1);
    const shell = await openShellIn(fake, 'bash', start(`set -eu\n${fake.load('bash')}`));
    shell.type('! true\r');
    shell.type('echo "alive"=$?\r');
    await shell.waitFor('alive=1');
  });

  it('lets a later prompt command see the status', async () => {
    const later = `${fake.load('bash')}\nPROMPT_COMMAND="$PROMPT_COMMAND; seen="'$?'`;
    const shell = await openShellIn(fake, 'bash', start(later));
    shell.type('(exit 9)\r');
    shell.type('echo "seen"=$seen\r');
    await shell.waitFor('seen=9');
  });

  it('never skips a command under extdebug', async () => {
    fake.reply('renew', '', 1);
    const shell = await openShellIn(fake, 'bash', start(`${fake.load('bash')}\nshopt -s extdebug`));
    shell.type('false\r');
    shell.type('echo "ran"=$?\r');
    await shell.waitFor('ran=1');
  });
});
