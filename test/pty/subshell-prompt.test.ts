import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { beforeEach, describe, expect, test } from 'vitest';

import { hookScript } from '../../src/dialect/hook.js';
import { subshellStart } from '../../src/dialect/subshell.js';
import { type FakeAssume, GRAMMAR, HOOKED } from '../dialect/fake-assume.js';
import { findTerminal, type Terminal } from '../support/pty.js';
import { findTool } from '../support/tools.js';
import { openTerminalIn, useFakeAssume } from '../support/use-fake-assume.js';

let fake: FakeAssume;
beforeEach(() => {
  fake = useFakeAssume();
});

/** Each shell's own start file, and how it makes the prompt `READY> `. */
const START_FILES: Readonly<Record<string, readonly [path: string, prompt: string]>> = {
  bash: ['.bashrc', "PS1='READY> '"],
  zsh: ['.zshrc', "PS1='READY> '"],
  fish: ['.config/fish/config.fish', "function fish_prompt; echo 'READY> '; end"],
};

/** The user's shell as a target's, in a directory whose name needs quoting. */
function openSubshell(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  userStart = START_FILES[name]?.[1] ?? '',
): Terminal {
  const [path = ''] = START_FILES[name] ?? [];
  write(join(fake.directory, 'home', path), `${userStart}\n`);
  const directory = join(fake.directory, "it's a $(touch canary) directory");
  const hook = hookScript(name, GRAMMAR);
  const start = subshellStart(findTool(name) ?? '', directory, hook, env['ZDOTDIR']);
  for (const [file, text] of Object.entries(start.files)) write(join(directory, file), text);
  const variables = { ASSUME_TARGET: 'prod-role', ...env, ...start.env };
  return openTerminalIn(fake, start.command, start.args, variables);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe.each(HOOKED)('$name', ({ name }) => {
  const it = test.skipIf(findTool(name) === null || findTerminal() === null);
  const fish = name === 'fish';
  const [, prompt = ''] = START_FILES[name] ?? [];
  const set = (variable: string, value: string) =>
    fish ? `set -gx ${variable} '${value}'` : `export ${variable}='${value}'`;

  it('begins the prompt with the target, follows a switch, and loses it on leave', async () => {
    fake.reply('other', fake.script(name, { ASSUME_TARGET: 'acme/other' }));
    fake.reply('leave', `${fish ? 'set -e' : 'unset'} ASSUME_TARGET\n# assume: end\n`);
    const shell = openSubshell(name, {}, `${prompt}\n${set('FROM_RC', 'yes')}`);
    await shell.waitFor(/(^|\n|[^\]] ?)\[prod-role\] READY> /);
    shell.type('echo "rc=$FROM_RC"\r');
    await shell.waitFor(/rc=yes\n[^[]*\[prod-role\] READY> /);
    shell.type('assume other\r');
    await shell.waitFor('[acme/other] READY> ');
    shell.type('assume leave\r');
    const last = await shell.waitFor(/READY> /);
    expect(last).not.toContain('] READY');
    expect(fake.calls).toEqual([
      expect.stringContaining('[other]'),
      expect.stringContaining('[leave]'),
    ]);
  });

  it('gives the shell its own ASSUME_PID, so that nothing counts as inherited', async () => {
    const env = { ASSUME_PID: '1', ASSUME_PROTECTED: '1' };
    const shell = openSubshell(name, env);
    await shell.waitFor('] READY> ');
    shell.type(`echo "own=$ASSUME_PID=${fish ? '$fish_pid' : '$$'}."\r`);
    await shell.waitFor(/own=(\d+)=\1\./);
    expect(fake.calls).toEqual([]);
  });

  it.each([
    [{ ASSUME_COLOR: 'blue' }, '34'],
    [{ ASSUME_PROTECTED: '1' }, '31'],
    [{ ASSUME_PROTECTED: '1', ASSUME_COLOR: 'green' }, '32'],
    [{ ASSUME_PROTECTED: '1', ASSUME_COLOR: 'puce' }, '31'],
    [{ ASSUME_COLOR: '$(touch canary)' }, null],
    [{ ASSUME_COLOR: 'red', NO_COLOR: '1' }, null],
    [{ ASSUME_COLOR: 'red', TERM: 'dumb' }, null],
    [{}, null],
  ])('shows it in the colour of %j', async (env, color) => {
    const shell = openSubshell(name, env);
    await shell.waitFor('[prod-role] READY> ');
    const colors = ['31', '32', '33', '34', '35', '36', '37'];
    const found = colors.filter((code) => shell.output.includes(`\u001b[${code}m[prod-role] `));
    expect(found).toEqual(color === null ? [] : [color]);
    expect(existsSync(join(fake.directory, 'canary'))).toBe(false);
  });

  it('never runs or expands a hostile target', async () => {
    const ASSUME_TARGET = 'a$(touch canary)`touch canary`%n%(?.x.y)!\\u\\$HOME\n\x1b]0;t\x07é';
    const shell = openSubshell(name, { ASSUME_TARGET });
    const shown = await shell.waitFor(/\[a[^\]]*\] READY> /);
    expect(shown).toMatch(/\[a__touch_canary__touch_canary__n___.x.y___u__HOME_+0_t_+\] READY> $/);
    shell.type('echo on\r');
    await shell.waitFor('] READY> ');
    expect(existsSync(join(fake.directory, 'canary'))).toBe(false);
  });

  it('keeps the status of the last command', async () => {
    const shell = openSubshell(name, {});
    await shell.waitFor('] READY> ');
    shell.type("sh -c 'exit 7'\r");
    await shell.waitFor('] READY> ');
    shell.type(fish ? 'echo "status="$status\r' : 'echo "status="$?\r');
    await shell.waitFor('status=7');
  });

  it('tells nothing to a child', async () => {
    const shell = openSubshell(name, {});
    await shell.waitFor('] READY> ');
    shell.type('env | grep -ci "^_*assume"; env | grep "ZDOT"; echo "end".\r');
    const shown = await shell.waitFor('end.');
    expect(shown).toMatch(/\n2\n/);
    expect(shown).not.toMatch(/\nZDOTDIR/);
  });
});

describe('bash', () => {
  const it = test.skipIf(findTool('bash') === null || findTerminal() === null);

  it.each([
    ['rewrites PS1 each time', `PROMPT_COMMAND='PS1="READY> "'`],
    ['has several prompt commands', `PROMPT_COMMAND=(true 'PS1="READY> "')`],
    ['puts something in front', `PS1='READY> '; PROMPT_COMMAND='PS1="(x)\${PS1//\\(x\\)/}"'`],
    ['makes unset variables errors', `PS1='READY> '; set -u`],
  ])('marks once beside a theme that %s', async (_, theme) => {
    const shell = openSubshell('bash', {}, theme);
    await shell.waitFor(/\[prod-role\] (\(x\))?READY> /);
    shell.type('\r');
    const shown = await shell.waitFor('READY> ');
    expect(shown.match(/prod-role/g)).toHaveLength(1);
    expect(shown).toMatch(/^\n\[prod-role\] /);
  });

  it('leaves the marking to starship where that shows AWSUME_PROFILE', async () => {
    const theme = `starship_precmd() { PS1='READY> '; }; PROMPT_COMMAND=starship_precmd`;
    const shell = openSubshell('bash', { AWSUME_PROFILE: 'prod-role' }, theme);
    expect(await shell.waitFor('READY> ')).not.toContain('[');
    shell.type('unset AWSUME_PROFILE\r');
    await shell.waitFor('[prod-role] READY> ');
  });

  it('keeps a DEBUG trap of the start file', async () => {
    const shell = openSubshell('bash', {}, `PS1='READY> '; trap 'seen=yes' DEBUG`);
    await shell.waitFor('] READY> ');
    shell.type(`trap -p DEBUG; echo "seen"=$seen\r`);
    expect(await shell.waitFor('\nseen=yes')).toMatch(/'seen=yes\n__assume_before_command/);
  });
});

describe('zsh', () => {
  const it = test.skipIf(findTool('zsh') === null || findTerminal() === null);
  const READY = "PS1='READY> '";

  it.each([
    ['rewrites the prompt each time', `theme() { PS1='READY> ' }; precmd_functions+=(theme)`],
    [
      'puts something in front',
      `${READY}; theme() { PS1="(x)\${PS1//\\(x\\)/}" }; precmd_functions+=(theme)`,
    ],
    ['expands the prompt', `${READY}; setopt prompt_subst prompt_bang`],
    ['sets odd options', `${READY}; setopt ksh_arrays sh_word_split nounset no_extended_glob`],
  ])('marks once beside a theme that %s', async (_, theme) => {
    const shell = openSubshell('zsh', { ASSUME_COLOR: 'red' }, theme);
    await shell.waitFor(/\[prod-role\] (\(x\))?READY> /);
    shell.type('echo again\r');
    await shell.waitFor('again');
    const shown = await shell.waitFor(/\nagain\n[^]*READY> /);
    expect(shown.match(/prod-role/g)).toHaveLength(1);
  });

  it('leaves the marking to a theme that shows AWSUME_PROFILE', async () => {
    const shell = openSubshell('zsh', { AWSUME_PROFILE: 'prod-role' }, `p10k() { }; ${READY}`);
    expect(await shell.waitFor('READY> ')).not.toContain('[');
  });

  it.each([
    ['unset', undefined, ''],
    ['in the environment', 'zdot', ''],
    ['set by ~/.zshenv', undefined, 'export ZDOTDIR=$HOME/zdot'],
  ])(
    'reads the start files of a ZDOTDIR that is %s, and gives it back',
    async (_, zdot, zshenv) => {
      const home = join(fake.directory, 'home');
      const user = zdot === undefined && zshenv === '' ? home : join(home, 'zdot');
      const directory = join(fake.directory, 'start');
      // /etc/zshrc of macOS does so between .zprofile and .zshrc.
      const etcZshrc = 'HISTFILE=${ZDOTDIR-$HOME}/.zsh_history';
      const note = (file: string) => `read_files="$read_files ${file}:\${ZDOTDIR-unset}"`;
      write(join(zdot === undefined ? home : user, '.zshenv'), `${zshenv}\n${note('zshenv')}\n`);
      write(join(user, '.zprofile'), `${note('zprofile')}\n`);
      write(join(user, '.zlogin'), `${note('zlogin')}\n`);
      const rc = `${note('zshrc')}\n${READY}`;
      write(join(user, '.zshrc'), rc);
      const env = zdot === undefined ? {} : { ZDOTDIR: user };
      const start = subshellStart('/bin/zsh', directory, hookScript('zsh', GRAMMAR), env.ZDOTDIR);
      for (const [file, text] of Object.entries(start.files)) write(join(directory, file), text);
      write(join(directory, '.zprofile'), `${start.files['.zprofile'] ?? ''}${etcZshrc}\n`);
      const variables = { ASSUME_TARGET: 'prod-role', ...start.env };
      const terminal = openTerminalIn(fake, 'zsh', ['-l', ...start.args], variables);
      await terminal.waitFor('[prod-role] READY> ');
      terminal.type('echo "read:"$read_files; env | grep ZDOTDIR; echo "history=$HISTFILE."\r');
      const shown = await terminal.waitFor(/history=[^$\n]*\.\n/);
      const dot = user === home ? 'unset' : user;
      const files = ['zshenv', 'zprofile', 'zshrc', 'zlogin'].map((file) => ` ${file}:${dot}`);
      expect(shown).toContain(`read:${files.join('')}`);
      expect(shown.includes(`\nZDOTDIR=${user}\n`)).toBe(user !== home);
      expect(shown).toContain(`history=${user}/.zsh_history.`);
    },
  );
});

describe('fish', () => {
  const it = test.skipIf(findTool('fish') === null || findTerminal() === null);
  const READY = "function fish_prompt; echo 'READY> '; end";

  it('marks a theme chosen later, and lets it see the status', async () => {
    const shell = openSubshell('fish', {});
    await shell.waitFor('[prod-role] READY> ');
    shell.type('function fish_prompt; echo "$status,$pipestatus LATER> "; end\r');
    await shell.waitFor('[prod-role] 0,0 LATER> ');
    shell.type("sh -c 'exit 3' | sh -c 'exit 4'\r");
    await shell.waitFor('[prod-role] 4,3 4 LATER> ');
  });

  it('keeps the lines of a prompt of two', async () => {
    const two = `function fish_prompt; echo one; echo 'READY> '; end`;
    const shell = openSubshell('fish', {}, two);
    await shell.waitFor(/\[prod-role\] one\n\s*READY> /);
  });

  it('leaves the marking to starship where that shows AWSUME_PROFILE', async () => {
    const theme = READY.replace('echo', 'set -l its starship; echo');
    const shell = openSubshell('fish', { AWSUME_PROFILE: 'prod-role' }, theme);
    expect(await shell.waitFor('READY> ')).not.toContain('[prod');
  });
});

test.each(['/bin/dash', '/usr/bin/tcsh', '/usr/bin/nu', '/opt/shell'])(
  'starts %s as it is, unmarked',
  (shell) => {
    expect(subshellStart(shell, '/private', null)).toEqual({
      command: shell,
      args: ['-i'],
      env: {},
      files: {},
    });
  },
);
