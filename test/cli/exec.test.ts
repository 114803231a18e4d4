import { spawn } from 'node:child_process';
import { chmodSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { installProgram } from '../support/install-program.js';
import {
  ASSUME,
  IS_STANDALONE,
  RUNTIME,
  startPractice,
  type Ended,
  type Practice,
} from '../support/practice.js';

/** A Node with `process.execve`: this one, or that of the npm package `node`. */
function findNewNode(): string | null {
  if ('execve' in process) return process.execPath;
  const candidates = [process.env['ASSUME_TEST_NODE24'], resolvePackage()];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}

function resolvePackage(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('node/bin/node');
  } catch {
    return undefined;
  }
}

const newNode = findNewNode();
if (newNode === null) console.warn('skipped: set ASSUME_TEST_NODE24 to a Node with execve');
const NODES: readonly (readonly [name: string, path: string | null])[] = IS_STANDALONE
  ? [['its own runtime', RUNTIME]]
  : [
      ['this Node', RUNTIME],
      ['a Node with execve', newNode],
    ];

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice();
  const env = { ASSUME_MFA_CODE: practice.code('jane.doe') };
  expect(await practice.run(['login', 'base'], { env })).toMatchObject({ status: 0 });
});
afterAll(() => practice.close());

interface Exec {
  readonly process: ReturnType<typeof spawn>;
  readonly ended: Promise<Ended>;
  /** Resolves when the child has written something. */
  readonly spoke: Promise<void>;
}

function start(node: string, words: readonly string[], input?: string | Buffer): Exec {
  return startIn(node, [ASSUME, ...words], input);
}

function startIn(command: string, words: readonly string[], input?: string | Buffer): Exec {
  const { env, home } = practice;
  const options = { env: { ...env, PATH: installProgram(home) }, cwd: home.path, detached: true };
  const child = spawn(command, words, options);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('latin1').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('latin1').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined);
  if (input !== undefined) child.stdin.end(input);
  const spoke = new Promise<void>((resolve) => {
    child.stdout.once('data', () => {
      resolve();
    });
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status, signal) => {
      resolve({ status, signal, stdout, stderr });
    });
  });
  return { process: child, ended, spoke };
}

describe.each(NODES)('exec under %s', (_, node) => {
  const test = it.skipIf(node === null);
  const run = (words: readonly string[], input?: string | Buffer): Promise<Ended> =>
    start(node ?? '', words, input).ended;

  test.each([
    [['true'], 0, null],
    [['sh', '-c', 'exit 7'], 7, null],
    [['sh', '-c', 'exit 255'], 255, null],
    [['sh', '-c', 'kill -TERM $$'], null, 'SIGTERM'],
    [['sh', '-c', 'kill -HUP $$'], null, 'SIGHUP'],
    [['sh', '-c', 'kill -INT $$'], null, 'SIGINT'],
    [['sh', '-c', 'kill -KILL $$'], null, 'SIGKILL'],
    [['no-such-program'], 127, null],
    [['./.aws/credentials'], 126, null],
    [['/'], 126, null],
    [[], 2, null],
  ])('ends as %j: status %s, signal %s', async (command, status, signal) => {
    expect(await run(['exec', 'prod-role', '--', ...command])).toMatchObject({ status, signal });
  });

  test('leaves both streams to the child, and adds nothing to them when quiet', async () => {
    const script = 'printf "out\\377"; printf "err\\377" >&2; exit 3';
    expect(await run(['--quiet', 'prod-role', '--', 'sh', '-c', script])).toEqual({
      status: 3,
      signal: null,
      stdout: 'out\xff',
      stderr: 'err\xff',
    });
  });

  test('passes words as they are, and through no shell', async () => {
    const words = ['$HOME', '*', 'a b', '', "'", '\n', '--', '--help', 'ключ'];
    const { stdout } = await run(['exec', 'prod-role', 'printf', '<%s>', ...words]);
    expect(Buffer.from(stdout, 'latin1').toString()).toBe(words.map((w) => `<${w}>`).join(''));
  });

  test('hands a megabyte of stdin to the child whole', async () => {
    const input = Buffer.alloc(1_048_576, 'all of this is the child’s\n');
    const { stdout } = await run(['prod-role', '--', 'cat'], input);
    expect(Buffer.from(stdout, 'latin1').equals(input)).toBe(true);
  });

  test('hands over pipes that block, as they were', async () => {
    if (process.platform !== 'linux') return;
    const words = ['--no-cache', '--mfa-code', '-', 'prod-role', '--', 'grep', '-h', 'flags'];
    const pipes = [0, 1, 2].map((number) => `/proc/self/fdinfo/${String(number)}`);
    // Through a shell's pipes: Node's own are sockets.
    const line = '"$0" "$@" 2>&1 | cat';
    const input = `${practice.freshCode('jane.doe')}\n`;
    const { stdout } = await startIn(
      'sh',
      ['-c', line, node ?? '', ASSUME, ...words, ...pipes],
      input,
    ).ended;
    const flags = [...stdout.matchAll(/^flags:\s+(\d+)$/gm)].map(([, octal]) =>
      parseInt(octal ?? '', 8),
    );
    expect(flags.map((flag) => flag & constants.O_NONBLOCK)).toEqual([0, 0, 0]);
  });

  test('takes one line for --mfa-code - and hands the rest to the child whole', async () => {
    practice.received();
    const rest = Buffer.alloc(1_048_576, 'the rest\n').toString();
    const input = `${practice.freshCode('jane.doe')}\n${rest}`;
    const words = ['prod-role', '--no-cache', '--mfa-code', '-', '--', 'cat'];
    const { status, stdout } = await run(words, input);
    expect(status).toBe(0);
    expect(stdout === rest).toBe(true);
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const)(
    'passes %s on to a child, and ends as it does',
    async (signal) => {
      const name = signal.slice(3);
      const script = `trap 'echo cleaned; exit 3' ${name}; echo up; while :; do sleep 0.02; done`;
      const exec = start(node ?? '', ['prod-role', '--', 'sh', '-c', script]);
      await exec.spoke;
      exec.process.kill(signal);
      expect(await exec.ended).toMatchObject({ status: 3, stdout: 'up\ncleaned\n' });
    },
  );

  test('dies with a child that dies of the signal, and leaves none behind', async () => {
    const exec = start(node ?? '', ['prod-role', '--', 'sh', '-c', 'echo $$; exec sleep 60']);
    let pid = '';
    exec.process.stdout?.on('data', (text: string) => (pid += text));
    await exec.spoke;
    exec.process.kill('SIGTERM');
    expect(await exec.ended).toMatchObject({ status: null, signal: 'SIGTERM' });
    expect(existsSync(`/proc/${pid.trim()}`)).toBe(false);
  });

  test('keeps no code and nothing of the terminal’s from the child', async () => {
    const { stdout } = await run(['prod-role', '--', 'env']);
    expect(stdout).not.toMatch(/^(ASSUME_MFA_CODE|AWS_SDK_JS_NODE|AWS_CONFIG_FILE)=/m);
  });

  test('without a terminal says within a second what would have answered: status 5', async () => {
    practice.received();
    const words = ['prod-role', '--no-cache', '--', 'echo', 'ran'];
    const begun = performance.now();
    const ended = await run(words, '');
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(ended).toMatchObject({ status: 5, stdout: '' });
    for (const word of ['assume login', 'ASSUME_MFA_CODE', '--mfa-code -', 'mfa_command']) {
      expect(ended.stderr).toContain(word);
    }
    expect(practice.received()).toEqual([]);
  });
});

it.skipIf(newNode === null || IS_STANDALONE)(
  'becomes the command where Node can, with its own number',
  async () => {
    const exec = start(newNode ?? '', ['--quiet', 'prod-role', '--', 'sh', '-c', 'echo $$']);
    expect(await exec.ended).toEqual({
      status: 0,
      signal: null,
      stdout: `${String(exec.process.pid)}\n`,
      stderr: '',
    });
  },
);

it('finds the command on the PATH of the user', async () => {
  const file = practice.write('tools/only-here', '#!/bin/sh\necho "$ASSUME_TARGET"\n');
  chmodSync(file, 0o755);
  const env = { PATH: `${join(file, '..')}:${practice.env['PATH'] ?? ''}` };
  const ended = await practice.run(['prod-role', '--', 'only-here'], { env });
  expect(ended.stdout).toBe('prod-role\n');
});
