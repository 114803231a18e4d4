import { describe, expect, it } from 'vitest';
import { parseArgv } from '../../src/argv.js';
import { COMMANDS, OPTIONS, type CommandName, type OptionName } from '../../src/grammar.js';
import { formatHelp } from '../../src/cli.js';
import { COMMAND_ROWS } from '../../src/commands/commands.js';
import { OPTION_HELP } from '../../src/commands/options.js';
import {
  makeSandboxHome,
  readDevices,
  removeSandboxHome,
} from '../../src/commands/sandbox-home.js';
import { readConfig } from '../../src/config/config.js';
import { AssumeError } from '../../src/errors.js';
import { rememberTarget } from '../../src/store/recent-targets.js';
import { findStore } from '../../src/store/stores.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { makePicture } from '../../src/sandbox/picture.js';
import { AWS_CONFIG, AWS_CREDENTIALS, KEYS } from '../support/configured-host.js';
import { fakeHost, type FakeHostOptions } from '../support/fake-host.js';
import { storeUse } from '../support/store-use.js';
import { rejectionOf, thrownBy } from '../support/thrown-by.js';

const names = Object.keys(COMMANDS) as CommandName[];

describe('every command', () => {
  it.each(names.map((name) => [name] as const))('%s is declared and explained', async (name) => {
    const help = formatHelp(name, null);
    expect(help).toContain(COMMAND_ROWS[name].summary.split(' ', 1)[0] ?? '');
    for (const option of COMMANDS[name].options) expect(help).toContain(`--${option}`);
    for (const example of COMMAND_ROWS[name].examples) expect(help).toContain(example);
    expect(typeof (await COMMAND_ROWS[name].load()).run).toBe('function');
  });

  it.each(
    names.flatMap((name) => COMMAND_ROWS[name].examples.map((example) => [example] as const)),
  )('has an example that the scanner takes: %s', (example) => {
    const line = /assume (?!credential-process = )(.*?)(?:\)"|\||$)/.exec(example)?.[1] ?? '';
    expect(parseArgv(line.trim().split(/\s+/)).help).toBeNull();
  });

  it('is in the help of the program, with every option in one table', () => {
    const help = formatHelp(null, null);
    for (const name of names) expect(help).toContain(name);
    expect(Object.keys(OPTION_HELP).sort()).toEqual(Object.keys(OPTIONS).sort());
    for (const [name, [value]] of Object.entries(OPTION_HELP)) {
      expect(value === '').toBe(OPTIONS[name as OptionName] === 'flag');
    }
  });
});

async function run(line: string, options: FakeHostOptions = {}) {
  const host = fakeHost(options);
  const request = parseArgv(line.split(' '));
  const command = await COMMAND_ROWS[request.command].load();
  return { host, run: async () => command.run(request, host) };
}

const ROLE = (name: string): string =>
  `[profile ${name}]\nrole_arn = arn:aws:iam::444444444444:role/${name}\nsource_profile = base\n`;
const FILES = { [AWS_CREDENTIALS]: `[base]\n${KEYS}`, [AWS_CONFIG]: ROLE('a') + ROLE('b') };

describe('commands that call nothing', () => {
  it.each<[string, FakeHostOptions, RegExp]>([
    ['list', { files: FILES }, /^a +444444444444 +a\nb .*\nbase +keys\n$/],
    ['list role/b', { files: FILES }, /^b .*\n$/],
    ['list --names', { files: FILES }, /^a\nb\nbase\n$/],
    ['list --csv', { files: FILES }, /^name,kind,.*\r\na,profile,444444444444,/],
    ['list zzz', { files: FILES }, /^$/],
    ['status', { files: FILES }, /belongs to no target\nsessions: none\nkept in: nowhere/],
    ['config path', { files: FILES }, /assume\.ini \(not there\)/],
    ['config path --json', { files: FILES }, /"version": 1/],
    ['config check', { files: FILES }, /^$/],
    ['hook bash', {}, /^function assume \{/m],
    ['logout', {}, /^$/],
    ['plan a', { files: FILES }, /^target +a /],
  ])('%s', async (line, options, stdout) => {
    const { host, run: go } = await run(line, options);
    expect(await go()).toBe(0);
    expect(host.written.stdout).toMatch(stdout);
  });

  it.each<[string, FakeHostOptions, string, string]>([
    ['list --json --csv', { files: FILES }, 'USAGE', 'exclude each other'],
    ['config', {}, 'USAGE', 'path'],
    ['config chek', {}, 'USAGE', 'check'],
    ['config check', { files: { [AWS_CONFIG]: ROLE('a') } }, 'CONFIG_INVALID', `${AWS_CONFIG}:3`],
    ['hook tcsh', {}, 'USAGE', 'no hook for tcsh'],
    ['leave', {}, 'USAGE', 'belongs to no target'],
    ['leave', { env: { ASSUME_TARGET: 'a' } }, 'USAGE', 'a shell of its own'],
    ['renew', {}, 'USAGE', 'belongs to no target'],
    ['renew', { env: { ASSUME_TARGET: 'a' } }, 'USAGE', 'no hook'],
    ['sandbox nonsense', {}, 'USAGE', 'nonsense'],
    ['sandbox code', {}, 'USAGE', 'in no sandbox'],
    ['login a --all', { files: FILES }, 'USAGE', '--all is given too'],
    ['logout nobody', { env: { HOME: '/h' } }, 'USAGE', 'nothing is kept of nobody'],
    ['switch -', { answers: [], files: FILES }, 'TARGET_UNKNOWN', 'no other target'],
  ])('%s is refused', async (line, options, code, message) => {
    const error = await rejectionOf((await run(line, options)).run());
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});

describe('-', () => {
  it.each([['- -- true'], ['exec - true'], ['switch - -- true'], ['-'], ['switch -']])(
    'in "%s" is the last other target of this terminal',
    async (line) => {
      // Both are gone from the files, so the error names the one that was meant.
      const env = { HOME: '/home/jane', SHELL: '/bin/bash', ASSUME_TARGET: 'gone-b' };
      const { host, run: go } = await run(line, { answers: [], env });
      expect((await rejectionOf(go())).message).toContain('no other target');
      rememberTarget(host, 'gone-a');
      rememberTarget(host, 'gone-b');
      expect((await rejectionOf(go())).message).toContain('no target gone-a');
    },
  );
});

describe('the home of the sandbox', () => {
  const OUTSIDE = {
    HOME: '/home/jane',
    PATH: '/bin',
    TMPDIR: '/tmp',
    AWS_PROFILE: 'mine',
    XDG_RUNTIME_DIR: '/run/1',
    ASSUME_CONFIG: '/x',
    LANG: 'C',
  };

  async function startedSandbox(now: Date): Promise<Sandbox> {
    const sandbox = await startSandbox({ world: makePicture(now), now: () => now });
    await sandbox.close();
    return sandbox;
  }

  it('is one private directory that stands for all of a user, and ends with nothing of theirs', async () => {
    const host = fakeHost({ env: OUTSIDE });
    const sandbox = await startedSandbox(host.now());
    const home = makeSandboxHome(host, sandbox);
    expect(home.directory).toMatch(/^\/tmp\/assume-sandbox-[0-9a-f]{16}$/);
    const outside = Object.entries(home.env).filter(
      ([name, value]) =>
        /^(HOME|XDG_|AWS_.*FILE|ASSUME_SANDBOX)/.test(name) && !value?.startsWith(home.directory),
    );
    expect(outside).toEqual([]);
    expect(home.env).toMatchObject({
      LANG: 'C',
      AWS_ENDPOINT_URL: sandbox.url,
      ASSUME_ENDPOINT_URL: sandbox.url,
    });
    expect(home.env).not.toHaveProperty('AWS_PROFILE');
    expect(home.env).not.toHaveProperty('ASSUME_CONFIG');
    expect(
      Object.keys(host.files.contents()).every((path) => path.startsWith(`${home.directory}/`)),
    ).toBe(true);
    const inside = { ...host, env: home.env };
    expect(Object.keys(readDevices(inside))).toEqual(['john.doe', 'jane.doe']);
    expect(thrownBy(() => readDevices(host)).code).toBe('USAGE');
  });

  it.each<[string, FakeHostOptions, RegExp]>([
    [
      'with the rest, where that is in memory',
      { env: { TMPDIR: '/run/tmp' } },
      /^\/run\/tmp\/assume-sandbox-\w+\/run\/assume$/,
    ],
    [
      'beside it in memory, where that is on a disk',
      { env: OUTSIDE, files: { '/dev/shm/x': '' } },
      /^\/dev\/shm\/assume-sandbox-\w+\/assume$/,
    ],
    [
      'with the rest, where nothing is in memory',
      { env: OUTSIDE, platform: 'darwin' },
      /^\/tmp\/assume-sandbox-\w+\/\.cache\/assume$/,
    ],
  ])('keeps sessions %s, and leaves nothing', async (_, options, path) => {
    const host = fakeHost(options);
    const before = host.files.contents();
    const home = makeSandboxHome(host, await startedSandbox(host.now()));
    const inside = { ...host, env: home.env, homeDirectory: home.directory };
    const store = findStore(storeUse(inside, readConfig(inside)));
    expect(store.path).toMatch(path);
    await store.write('session-1', {}, {});
    removeSandboxHome(host, home);
    expect(host.files.contents()).toEqual(before);
  });

  it('is not left half made', async () => {
    const host = fakeHost({ env: OUTSIDE });
    const writePrivate = (path: string): void => {
      throw new AssumeError('FAILED', `cannot write ${path}: no space left on device (ENOSPC)`);
    };
    const full = { ...host, files: { ...host.files, writePrivate } };
    const sandbox = await startedSandbox(host.now());
    expect(thrownBy(() => makeSandboxHome(full, sandbox)).message).toContain('ENOSPC');
    expect(host.files.list('/tmp')).toEqual([]);
  });
});
