import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateOf } from '../../src/host/process-record.js';
import { createNodeHost } from '../../src/host/node-host.js';
import { findTerminal, openTerminal } from '../support/pty.js';
import { makeTempHome } from '../support/temp-home.js';
import { untilStopped } from '../support/until-stopped.js';
import { buildProgram } from './build-program.js';
import { start, type Started } from './start.js';

const home = makeTempHome();
const locks = join(home.path, '.local/state/assume/locks');
const started: Started[] = [];
let program: [string, string];

beforeAll(async () => {
  program = await buildProgram('lock', home.path);
});
afterAll(async () => {
  for (const each of started) each.process.kill('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  home.remove();
});

function run(...args: string[]): Started {
  const one = start([...program, ...args], { env: home.env });
  started.push(one);
  return one;
}

describe('the lock among real processes', () => {
  const [kills, timeoutMs] = process.env['ASSUME_TEST_FULL'] ? [400, 180_000] : [25, 30_000];

  it(
    `excludes, though ${kills.toString()} holders are killed`,
    { timeout: timeoutMs },
    async () => {
      const counter = join(home.path, 'counter');
      writeFileSync(counter, '0');
      const contenders = Array.from({ length: 4 }, () => run('count', '/counter', counter));
      for (let kill = 0; kill < kills; kill++) {
        const victim = contenders.shift();
        // Killed somewhere in the middle: it has just printed, and is at work again.
        await victim?.printed('.');
        victim?.process.kill('SIGKILL');
        contenders.push(run('count', '/counter', counter));
        await victim?.ended;
      }
      for (const { process } of contenders) process.kill('SIGKILL');
      await Promise.all(contenders.map(({ ended }) => ended));
      const outputs = started.map(({ output }) => output()).join('');
      expect(outputs).not.toContain('NOT ALONE');
      const counted = outputs.split('.').length - 1;
      // One that was killed after adding had no time to print.
      const added = Number(readFileSync(counter, 'utf8'));
      expect(added).toBeGreaterThanOrEqual(counted);
      expect(added).toBeLessThanOrEqual(counted + started.length);
    },
  );

  it('passes from a killed holder to a waiter', async () => {
    const holder = run('hold', '/killed');
    await holder.printed('holds');
    const [lock = ''] = readdirSync(locks);
    expect(statSync(join(locks, lock)).mode & 0o777).toBe(0o600);
    const waiter = run('hold', '/killed');
    holder.process.kill('SIGKILL');
    await waiter.printed('holds');
    waiter.process.stdin.write('go\n');
    expect(await waiter.ended).toMatchObject({ status: 0 });
  });

  it('passes from a stopped holder, who on return leaves it to the new one', async () => {
    const stopped = run('hold', '/stopped');
    await stopped.printed('holds');
    const lock = join(locks, createHash('sha256').update('/stopped').digest('hex'));
    stopped.process.kill('SIGSTOP');
    const waiter = run('hold', '/stopped');
    await waiter.printed('holds');
    expect(waiter.output()).toContain(`waits for ${stopped.pid.toString()}`);
    stopped.process.kill('SIGCONT');
    stopped.process.stdin.write('go\n');
    await stopped.ended;
    expect(readFileSync(lock, 'utf8')).toContain(`"pid":${waiter.pid.toString()},`);
    waiter.process.stdin.write('go\n');
    await waiter.ended;
    expect(existsSync(lock)).toBe(false);
  });

  it.skipIf(findTerminal() === null)(
    'passes from a holder that its terminal stopped (SIGTTOU)',
    async () => {
      const [node, script] = program;
      const line = `stty tostop; set -m; '${node}' '${script}' hold /background & echo process $!; read line`;
      const terminal = openTerminal('sh', ['-c', line], { env: home.env });
      try {
        const [pid] = /\d+$/.exec(await terminal.waitFor(/process \d+(?=\n)/)) ?? [];
        // In the background it may not write, which it does as soon as it holds.
        await untilStopped(Number(pid));
        const waiter = run('hold', '/background');
        await waiter.printed('holds\n');
        expect(waiter.output()).toContain(`waits for ${String(pid)}\n`);
        waiter.process.stdin.write('go\n');
        expect(await waiter.ended).toMatchObject({ status: 0 });
      } finally {
        await terminal.close();
      }
    },
  );

  it('ends everyone who waits when one says no, in the same words', async () => {
    const holder = run('hold', '/shared');
    await holder.printed('holds');
    const waiters = [1, 2, 3].map(() => run('hold', '/shared'));
    await Promise.all(waiters.map((waiter) => waiter.printed('waits for')));
    holder.process.stdin.write('fail\n');
    for (const waiter of waiters) {
      await waiter.printed('CANCELLED: she said no Ask again.');
    }
  });
});

describe('stateOf', () => {
  const { self } = createNodeHost().processes;

  it.each([
    ['ourselves', {}, 'running'],
    ['our number, used by an earlier process', { startTime: '1' }, 'dead'],
    ['our number before the machine was booted', { bootId: 'other' }, 'dead'],
    ['a number that is free', { pid: 4_194_304 }, 'dead'],
    ['a process of another machine', { hostName: 'laptop', pid: 4_194_304 }, 'unknown'],
    ['a record without a start time', { startTime: null }, 'running'],
  ])('knows %s', (_who, changes, state) => {
    expect(stateOf({ ...self, ...changes })).toBe(state);
  });

  it('knows a process that was stopped, one that goes on, and one that is gone', async () => {
    const child = run('hold', '/state');
    await child.printed('holds');
    const record = { ...self, pid: child.pid, startTime: null };
    child.process.kill('SIGSTOP');
    await expect.poll(() => stateOf(record)).toBe('stopped');
    child.process.kill('SIGCONT');
    await expect.poll(() => stateOf(record)).toBe('running');
    child.process.kill('SIGKILL');
    await child.ended;
    expect(stateOf(record)).toBe('dead');
  });
});
