import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readOwn } from '../../src/host/read-own.js';
import { makeTempHome } from '../support/temp-home.js';

const home = makeTempHome();
const isRoot = process.getuid?.() === 0;
afterAll(() => {
  home.remove();
});

function make(name: string, mode: number): string {
  const path = join(home.path, name);
  writeFileSync(path, 'text');
  chmodSync(path, mode);
  return path;
}

describe('a file of ours', () => {
  it.each([
    ['closed', 0o600, 'text'],
    ['read-only', 0o400, 'text'],
    ['readable by the group', 0o640, null],
    ['readable by all', 0o604, null],
    ['writable by others', 0o602, null],
    ['executable by others', 0o601, null],
  ])('that is %s', (name, mode, text) => {
    expect(readOwn(make(name, mode))).toBe(text);
  });

  it('is read through a link', () => {
    const link = join(home.path, 'link');
    symlinkSync(make('linked', 0o600), link);
    expect(readOwn(link)).toBe('text');
  });
});

describe('none of ours', () => {
  it("is another user's", ({ skip }) => {
    if (!isRoot) skip('only root can give files away');
    const path = make('foreign', 0o600);
    chownSync(path, 12_345, 12_345);
    expect(readOwn(path)).toBeNull();
  });

  it('is what is no file, and nothing waits for a pipe', () => {
    mkdirSync(join(home.path, 'directory'), { mode: 0o700 });
    execFileSync('mkfifo', ['-m', '600', join(home.path, 'pipe')]);
    for (const name of ['directory', 'pipe', 'absent', 'directory/absent', 'linked/absent']) {
      expect([name, readOwn(join(home.path, name))]).toEqual([name, null]);
    }
    expect(readOwn('/dev/null')).toBeNull();
  });
});
