import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';

import { makeSandboxHome, removeSandboxHome } from '../../src/commands/sandbox-home.js';
import { playStory } from '../../src/commands/sandbox-story.js';
import { createNodeHost } from '../../src/host/node-host.js';
import { isInMemory } from '../../src/host/is-in-memory.js';
import type { ChildEnd, Host } from '../../src/host/host.js';
import { makePicture } from '../../src/sandbox/picture.js';
import { startSandbox } from '../../src/sandbox/server.js';
import type { World } from '../../src/sandbox/world.js';
import { installProgram } from '../support/install-program.js';
import { ASSUME, RUNTIME } from '../support/practice.js';
import { findTerminal, openTerminal } from '../support/pty.js';
import { makeTempHome, type TempHome } from '../support/temp-home.js';
import { findTool } from '../support/tools.js';

let home: TempHome;
let env: Record<string, string>;
beforeEach(() => {
  home = makeTempHome();
  mkdirSync(join(home.path, 'tmp'));
  env = { ...home.env, TMPDIR: join(home.path, 'tmp'), PATH: installProgram(home), SHELL: 'bash' };
});
afterEach(() => {
  home.remove();
});

/**
 * A `printenv` for the story, which runs one inside a target: it shows the sandbox's runtime directory
 * while it is there.
 */
function showRuntimeDirectory(): void {
  const real = findTool('printenv') ?? '';
  const script = `#!/bin/sh\n[ -d "$XDG_RUNTIME_DIR" ] && echo "runtime=$XDG_RUNTIME_DIR."\nexec ${real} "$@"\n`;
  writeFileSync(join(home.path, 'npm/bin/printenv'), script, { mode: 0o700 });
}

/** That directory, which lies in memory where this machine has a place for it. */
function runtimeDirectoryIn(output: string): string {
  const [, directory = ''] = /runtime=(\/[^\n]*)\./.exec(output) ?? [];
  expect(directory).toContain('/assume-sandbox-');
  expect(isInMemory(dirname(directory))).toBe(isInMemory('/dev/shm') || isInMemory(tmpdir()));
  return directory;
}

const leftovers = (): string[] => readdirSync(join(home.path, 'tmp'));

/** Everything in the user's home but what the tests put there. */
const touched = (): string[] =>
  readdirSync(home.path).filter((name) => !['tmp', 'npm', 'run'].includes(name));

function demo(words: readonly string[]) {
  const options = { env, detached: true };
  const child = spawn(RUNTIME, [ASSUME, 'sandbox', ...words], options);
  child.stdin.end();
  let output = '';
  const looks = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of looks) look();
    });
  }
  const ended = new Promise<{ status: number | null; signal: string | null; output: string }>(
    (resolve) => {
      child.on('close', (status, signal) => {
        resolve({ status, signal, output });
      });
    },
  );
  const printed = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (output.includes(text)) resolve();
      };
      looks.add(look);
      look();
    });
  return { child, ended, printed };
}

describe('the sandbox’s story', () => {
  it.each([[['--demo']], [[]]])('ends with status 0 and leaves nothing, with %j', async (words) => {
    showRuntimeDirectory();
    const { status, output } = await demo(words).ended;
    expect(status).toBe(0);
    expect(output).toContain('arn:aws:sts::444444444444:assumed-role/prod-role/jane.doe');
    expect(output).toContain('GetSessionToken with a code, AssumeRole, GetCallerIdentity');
    expect(output).toMatch(/\nTo try it by hand: assume sandbox\n$/);
    expect(output).toMatch(/AssumeRole → AccessDenied\n {2}exit status: 6/);
    expect(leftovers()).toEqual([]);
    expect(touched()).toEqual([]);
    expect(readdirSync(join(home.path, 'run'))).toEqual([]);
    expect(existsSync(runtimeDirectoryIn(output))).toBe(false);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('leaves nothing after %s', async (signal) => {
    showRuntimeDirectory();
    const { child, ended, printed } = demo(['--demo']);
    await printed('runtime=');
    // To the whole group, as a terminal sends Ctrl-C; `detached` made it one.
    process.kill(-(child.pid ?? 0), signal);
    const end = await ended;
    expect(end).toMatchObject({ status: null, signal });
    expect(leftovers()).toEqual([]);
    expect(existsSync(runtimeDirectoryIn(end.output))).toBe(false);
  });
});

const NOT_HELD = { received: null, letGo: () => undefined };

/** The story played in this process, in a world changed beforehand. */
async function tell(change: (world: World) => void): Promise<string> {
  const world = makePicture(new Date());
  change(world);
  const sandbox = await startSandbox({ world });
  const real = createNodeHost();
  let story = '';
  const run = (command: string, words: readonly string[], given: Host['env']): Promise<ChildEnd> =>
    new Promise((resolve) => {
      const options = { env: given as NodeJS.ProcessEnv, detached: true };
      const child = spawn(command, words, options);
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (story += text));
      child.on('close', (status) => {
        resolve({ status: status ?? 1 });
      });
    });
  const host: Host = {
    ...real,
    env,
    self: [RUNTIME, ASSUME],
    processes: { ...real.processes, run },
    stdout: (text) => (story += text),
  };
  const place = makeSandboxHome(host, sandbox);
  try {
    expect(await playStory(sandbox, place, host, NOT_HELD)).toEqual({ status: 0 });
  } finally {
    removeSandboxHome(host, place);
    await sandbox.close();
  }
  return story;
}

function findRole(world: World, name: string) {
  const role = world.accounts.flatMap(({ roles }) => roles).find((other) => other.name === name);
  if (!role) throw new Error(`the picture has no role ${name}`);
  return role;
}

const PROD_CALLER = 'arn:aws:sts::444444444444:assumed-role/prod-role/jane.doe\n';

describe('the story is told by the requests', () => {
  test('its titles say no more than what is done, and each result stands below its own', async () => {
    const [intro = '', ...scenes] = (await tell(() => undefined)).split('\n# ');
    expect(intro).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    const told = scenes.map((scene) => {
      const [title = '', command = ''] = scene.split('\n');
      const calls = /AWS received: (.*)/.exec(scene)?.[1];
      return { title, code: command.includes('ASSUME_MFA_CODE='), calls };
    });
    const [asked, assumed] = ['GetCallerIdentity', 'AssumeRole'];
    expect(told).toEqual([
      { title: 'Who am I?', code: false, calls: asked },
      { title: 'Where can I go?', code: false, calls: 'nothing' },
      {
        title: 'Into production, with one MFA code.',
        code: true,
        calls: `GetSessionToken with a code, ${assumed}, ${asked}`,
      },
      {
        title: 'A second role of production, with no code.',
        code: false,
        calls: `${assumed}, ${asked}`,
      },
      {
        title: 'A role of another account, with no code.',
        code: false,
        calls: `${assumed}, ${asked}`,
      },
      { title: 'The first role again: what is asked of AWS?', code: false, calls: 'nothing' },
      { title: 'A name that three accounts have, in a script.', code: false, calls: 'nothing' },
      {
        title: 'John, a developer, tries production with a code of his own.',
        code: true,
        calls: `GetSessionToken with a code, ${assumed} → AccessDenied`,
      },
    ]);
  });

  test('and no command in it tells again what the sandbox has told: the endpoint, the store', async () => {
    const story = await tell(() => undefined);
    expect(story).not.toMatch(/using endpoint|sessions are kept/);
  });

  test('of the picture: jane gets in, john does not', async () => {
    const story = await tell(() => undefined);
    expect(story).toContain(PROD_CALLER);
    expect(story.match(/AccessDenied/g)).toHaveLength(1);
    expect(story).toMatch(/no identity-based policy/);
  });

  test('of a world whose production trusts nobody: jane is refused', async () => {
    const story = await tell((world) => {
      findRole(world, 'prod-role').trustPolicy = { Version: '2012-10-17', Statement: [] };
    });
    expect(story).not.toContain(PROD_CALLER);
    expect(story.match(/AssumeRole → AccessDenied/g)?.length).toBeGreaterThanOrEqual(2);
  });

  test('of a world where developers may do all: john gets in', async () => {
    const story = await tell((world) => {
      const all = { Effect: 'Allow', Action: '*', Resource: '*' };
      for (const arn of Object.keys(world.managedPolicies))
        if (arn.endsWith('/developer'))
          world.managedPolicies[arn] = { Version: '2012-10-17', Statement: [all] };
    });
    expect(story).not.toContain('AccessDenied');
    expect(story).toContain('assumed-role/prod-role/john.doe');
  });
});

test.skipIf(findTerminal() === null || findTool('bash') === null)(
  'is a shell on a terminal, in which one code leads to production, and exit removes it all',
  { timeout: 60_000 },
  async () => {
    const terminal = openTerminal('assume', ['sandbox'], { env, cwd: home.path });
    try {
      await terminal.waitFor(/practice AWS on this machine, at http:\/\/127\.0\.0\.1:\d+/);
      await terminal.waitFor('exit ');
      terminal.type('echo "place"=$ASSUME_SANDBOX,$HOME. "runtime"=$XDG_RUNTIME_DIR.\r');
      const shown = await terminal.waitFor(/place=\/[^\n]* runtime=[^\n]*\./);
      const [, place = '', its] = /place=([^,]*),(.*)\. /.exec(shown) ?? [];
      const runtime = runtimeDirectoryIn(shown);
      expect(its).toBe(place);
      expect(place.startsWith(join(home.path, 'tmp'))).toBe(true);
      terminal.type('code=$(assume sandbox code); echo "code"=$code.\r');
      const [, code = ''] = /code=(\d{6})\./.exec(await terminal.waitFor(/code=\d{6}\./)) ?? [];
      terminal.type('assume prod-role\r');
      await terminal.waitFor('MFA code');
      terminal.type(`${code}\r`);
      await terminal.waitFor('[production/prod-role]');
      if (findTool('aws') !== null) {
        terminal.type('aws sts get-caller-identity --query Arn --output text\r');
        await terminal.waitFor(PROD_CALLER.trim());
      }
      expect(terminal.text).not.toMatch(/using endpoint|sessions are kept/);
      terminal.type('assume whoami --endpoint-url http://127.0.0.1:1; echo "it"=$?.\r');
      await terminal.waitFor('using endpoint http://127.0.0.1:1 (--endpoint-url)');
      await terminal.waitFor('it=7.');
      terminal.type('assume whoami; echo "it"=$?.\r');
      await terminal.waitFor(PROD_CALLER.trim());
      await terminal.waitFor('it=0.');
      expect([place, runtime].map((path) => existsSync(path))).toEqual([true, true]);
      terminal.type('exit 4\r');
      expect(await terminal.end()).toEqual({ status: 4 });
      expect([place, runtime].map((path) => existsSync(path))).toEqual([false, false]);
      expect(touched()).toEqual([]);
    } finally {
      await terminal.close();
    }
  },
);

test('shows no code outside a sandbox: status 2', async () => {
  const { status, output } = await demo(['code']).ended;
  expect(status).toBe(2);
  expect(output).toMatch(/assume sandbox/);
});
