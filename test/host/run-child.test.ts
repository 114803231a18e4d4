import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTempHome } from '../support/temp-home.js';
import { buildProgram } from './build-program.js';
import { start } from './start.js';

const home = makeTempHome();
let program: [string, string];

beforeAll(async () => {
  program = await buildProgram('run', home.path);
  for (const [name, text, mode] of [
    ['data', 'text', 0o644],
    ['no-interpreter', '#!/nonexistent/interpreter\n', 0o755],
    ['no-first-line', 'echo from a script without a first line\n', 0o755],
  ] as const) {
    writeFileSync(join(home.path, name), text);
    chmodSync(join(home.path, name), mode);
  }
});
afterAll(() => {
  home.remove();
});

function run(how: string, ...words: string[]) {
  return start([...program, how, ...words], { env: home.env, cwd: home.path });
}

describe.each(['run', 'become'])('%s', (how) => {
  it.each([
    ['true', [], 0, null],
    ['sh', ['-c', 'exit 7'], 7, null],
    ['sh', ['-c', 'exit 255'], 255, null],
    ['sh', ['-c', 'kill -TERM $$'], null, 'SIGTERM'],
    ['sh', ['-c', 'kill -HUP $$'], null, 'SIGHUP'],
    ['sh', ['-c', 'kill -INT $$'], null, 'SIGINT'],
    ['sh', ['-c', 'kill -KILL $$'], null, 'SIGKILL'],
    ['sh', ['-c', 'kill -PIPE $$'], null, 'SIGPIPE'],
    ['sh', ['-c', 'kill -USR1 $$'], null, 'SIGUSR1'],
    ['nonexistent-program', [], 127, null],
    ['./absent/program', [], 127, null],
    ['./data', [], 126, null],
    ['/', [], 126, null],
    ['./no-interpreter', [], 126, null],
  ])('ends as %s %j: status %s, signal %s', async (command, args, status, signal) => {
    expect(await run(how, command, ...args).ended).toMatchObject({ status, signal });
  });

  it('hands all of stdin to the child', async () => {
    const started = run(how, 'cat');
    started.process.stdin.end('one\ntwo\nthree');
    expect((await started.ended).output).toBe('one\ntwo\nthree');
  });

  it('passes arguments as they are, to no shell', async () => {
    const args = ['$HOME', '*', 'a b', '', "'", '\n', 'ключ'];
    const started = run(how, 'printf', '<%s>', ...args);
    expect((await started.ended).output).toBe(args.map((argument) => `<${argument}>`).join(''));
  });

  it('runs a script that has no first line, as execvp does', async () => {
    expect((await run(how, './no-first-line').ended).output).toBe(
      'from a script without a first line\n',
    );
  });

  it('gives the child no ignored signals', async () => {
    const { output } = await run(how, 'grep', 'SigIgn', '/proc/self/status').ended;
    expect(output).toMatch(/^SigIgn:\s0+$/m);
  });

  it('lets a child that traps TERM, sent to us, end in its own way', async () => {
    const script = 'trap "echo cleaned up; exit 3" TERM; echo ready; while :; do sleep 0.05; done';
    const started = run(how, 'sh', '-c', script);
    await started.printed('ready');
    started.process.kill('SIGTERM');
    expect(await started.ended).toEqual({
      status: 3,
      signal: null,
      output: 'ready\ncleaned up\n',
    });
  });

  it.each(['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const)(
    'dies with the child of %s',
    async (signal) => {
      const started = run(how, 'sh', '-c', 'echo ready; exec sleep 60');
      await started.printed('ready');
      started.process.kill(signal);
      expect(await started.ended).toMatchObject({ status: null, signal });
    },
  );
});

it('says by its status, not by a core dump of its own, that the child dumped one', async () => {
  const ended = await run('run', 'sh', '-c', 'ulimit -c 0; kill -SEGV $$').ended;
  expect(ended).toMatchObject({ status: 139, signal: null });
});

it('finds the program on the PATH of the child', async () => {
  writeFileSync(join(home.path, 'only-here'), '#!/bin/sh\necho found\n', { mode: 0o755 });
  const env = { ...home.env, PATH: `${home.path}:/bin:/usr/bin` };
  const { output } = await start([...program, 'run', 'only-here'], { env }).ended;
  expect(output).toBe('found\n');
});

it.runIf('execve' in process)('becomes the program, with the same number', async () => {
  const started = run('become', 'sh', '-c', 'echo "pid $$"');
  expect((await started.ended).output).toBe(`pid ${started.pid.toString()}\n`);
});
