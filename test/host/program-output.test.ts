import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { programOutput } from '../../src/host/program-output.js';
import { makeTempHome } from '../support/temp-home.js';

const home = makeTempHome();
afterAll(() => {
  home.remove();
});

const env = { PATH: '/usr/bin:/bin', SECRET: 'of the environment' };
const LIMITS = { timeoutMs: 20_000, sharesStdin: false };
const shell = (script: string, limits = LIMITS) => programOutput('sh', ['-c', script], env, limits);

describe('the output of a program', () => {
  it.each([
    ['printf "%s" "$SECRET"', { status: 0 }, 'of the environment', ''],
    ['echo out; echo err >&2; exit 3', { status: 3 }, 'out\n', 'err\n'],
    ['echo half; kill -TERM $$', { signal: 'SIGTERM' }, 'half\n', ''],
    ['cat', { status: 0 }, '', ''],
    ["printf 'é😀'", { status: 0 }, 'é😀', ''],
  ])('of %j is %j, %j and %j', async (script, end, stdout, stderr) => {
    expect(await shell(script)).toEqual({ end, stdout, stderr });
  });

  it('comes from its arguments as they are, by no shell', async () => {
    const args = ['%s|', '$HOME', '*', 'a b', '', "'", '~'];
    const { stdout } = await programOutput('printf', args, env, LIMITS);
    expect(stdout).toBe("$HOME|*|a b||'|~|");
  });

  it('is looked up on the PATH of its environment', async () => {
    writeFileSync(join(home.path, 'own-tool'), '#!/bin/sh\necho own\n', { mode: 0o755 });
    const path = { PATH: `${home.path}:/usr/bin:/bin` };
    expect((await programOutput('own-tool', [], path, LIMITS)).stdout).toBe('own\n');
    const absent = programOutput('own-tool', [], env, LIMITS);
    await expect(absent).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['/', './no-interpreter'])('is not to be had of %s', async (name) => {
    writeFileSync(join(home.path, 'no-interpreter'), '#!/nonexistent\n', { mode: 0o755 });
    const failed = programOutput(join(home.path, name), [], env, LIMITS);
    await expect(failed).rejects.toMatchObject({ code: 'NOT_EXECUTABLE' });
  });

  it('ends with the time it has, and with the program', async () => {
    const limits = { ...LIMITS, timeoutMs: 300 };
    const { end, stdout } = await shell('echo $$; echo late >&2; exec sleep 60', limits);
    expect(end).toBe('too long');
    expect(() => process.kill(Number(stdout), 0)).toThrow('ESRCH');
  });

  it('ends a program that does not heed the first signal', async () => {
    const limits = { ...LIMITS, timeoutMs: 300 };
    const { end, stdout } = await shell(
      "trap '' TERM; echo $$; while :; do sleep 0.1; done",
      limits,
    );
    expect(end).toBe('too long');
    expect(() => process.kill(Number(stdout), 0)).toThrow('ESRCH');
  });

  it('has an end where the program has none', async () => {
    const { end, stdout } = await programOutput('yes', [], env, LIMITS);
    expect(end).toBe('too much');
    expect(stdout.length).toBeLessThan(2 * 1024 * 1024);
  });

  it('is had although a process that it left behind holds the streams', async () => {
    const begun = performance.now();
    const { end, stdout, stderr } = await shell('sleep 20 & echo done; echo $! >&2');
    process.kill(Number(stderr));
    expect([end, stdout]).toEqual([{ status: 0 }, 'done\n']);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
