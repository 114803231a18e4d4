import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ASSUME, IS_STANDALONE, type Practice } from '../support/practice.js';
import { usePractice } from '../support/use-practice.js';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** A directory, such as somebody's repository, whose files say what Bun is to do. */
async function useTrap(): Promise<{ practice: Practice; cwd: string; sprung: string }> {
  const practice = await usePractice();
  const sprung = join(practice.home.path, 'sprung');
  const spring = `require('node:fs').appendFileSync(${JSON.stringify(sprung)}, 'x');\n`;
  for (const name of [
    'evil.cjs',
    'node_modules/kerberos/index.js',
    'node_modules/@napi-rs/keyring/index.js',
  ])
    practice.write(`trap/${name}`, spring);
  practice.write('trap/bunfig.toml', 'preload = ["./evil.cjs"]\n');
  for (const name of ['.env', '.env.local', '.env.production'])
    practice.write(`trap/${name}`, 'ASSUME_CONFIG=/from/the/trap\n');
  practice.write(
    'trap/tsconfig.json',
    '{ "compilerOptions": { "paths": { "*": ["./evil.cjs"] } } }\n',
  );
  return { practice, cwd: join(practice.home.path, 'trap'), sprung };
}

describe.skipIf(!IS_STANDALONE)('the stand-alone executable', () => {
  it.each([[['config', 'path']], [['doctor']], [['export', 'dev']], [['list']]])(
    'obeys no file of the directory that it is run in: %j',
    async (words) => {
      const { practice, cwd, sprung } = await useTrap();
      const { stdout, stderr } = await practice.run(words, { cwd });
      expect(stdout).not.toBe('');
      expect(stdout + stderr).not.toContain('/from/the/trap');
      expect(existsSync(sprung)).toBe(false);
    },
  );

  it('would obey them if it were only compiled: the trap works', async () => {
    const { practice, cwd, sprung } = await useTrap();
    const bun = createRequire(import.meta.url).resolve('@oven/bun-linux-x64/bin/bun');
    const words = ['-e', 'console.log(process.env.ASSUME_CONFIG)'];
    const { stdout } = spawnSync(bun, words, { cwd, env: practice.env, encoding: 'utf8' });
    expect(stdout).toContain('/from/the/trap');
    expect(existsSync(sprung)).toBe(true);
  });

  it('needs neither Node nor a file beside it', async () => {
    const practice = await usePractice();
    const alone = join(practice.home.path, 'alone');
    execFileSync('cp', [ASSUME, alone]);
    const env = { ...practice.env, PATH: '/nowhere' };
    const { stdout, status } = spawnSync(alone, ['list', '--names'], { env, encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('prod-role\n')]);
  });

  it('is installed and run as the README shows', async () => {
    const practice = await usePractice();
    const home = join(practice.home.path, 'jane');
    mkdirSync(join(home, '.local/bin'), { recursive: true });
    const [, block = ''] = /^```console executable\n(.*?)^```$/ms.exec(README) ?? [];
    const [, ...steps] = `\n${block}`.split('\n$ ');
    expect(steps).toHaveLength(2);
    for (const step of steps) {
      const [command = '', ...expected] = step.trimEnd().split('\n');
      const here = command.replace('build/assume-linux-x64', ASSUME);
      const env = { HOME: home, PATH: '/usr/bin:/bin' };
      const { stdout } = spawnSync('sh', ['-c', here], { env, encoding: 'utf8' });
      expect(stdout.replaceAll(home, '~').trimEnd()).toBe(expected.join('\n'));
    }
  });
});
