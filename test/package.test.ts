import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { usePractice } from './support/use-practice.js';

const ROOT = join(import.meta.dirname, '..');

describe('the packed program', () => {
  it('is installed without a network, and runs with nothing beside it', async () => {
    const practice = await usePractice();
    const at = (path: string): string => join(practice.home.path, path);
    const npm = (...words: string[]): string =>
      execFileSync('npm', [...words, '--silent', '--ignore-scripts'], {
        cwd: ROOT,
        encoding: 'utf8',
      });
    const tarball = npm('pack', '--pack-destination', practice.home.path).trim();
    npm('install', '--global', '--offline', '--prefix', at('prefix'), at(tarball));
    const installed = at('prefix/lib/node_modules/assume-cli');
    // Where `man assume` finds it, and packagers of a shell's completion.
    const manual = readFileSync(at('prefix/share/man/man1/assume.1'), 'utf8');
    expect(manual).toContain('.TH ASSUME 1');
    expect(readdirSync(join(installed, 'completions')).sort()).toEqual([
      '_assume',
      'assume.bash',
      'assume.fish',
    ]);
    const beside = join(installed, 'node_modules');
    expect(existsSync(beside) ? readdirSync(beside) : ['@napi-rs']).toEqual(['@napi-rs']);
    rmSync(beside, { recursive: true, force: true });
    const { stdout } = await promisify(execFile)(
      at('prefix/bin/assume'),
      ['export', 'dev', '--format', 'json'],
      { env: practice.env },
    );
    expect(stdout).toContain('AWS_SESSION_TOKEN');
  });
});
