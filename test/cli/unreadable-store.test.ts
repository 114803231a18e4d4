import { chmodSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Practice, RunOptions } from '../support/practice.js';
import { readTree } from '../support/read-tree.js';
import { storedEntry, storeDirectory } from '../support/stored-entries.js';
import { findTool } from '../support/tools.js';
import { printed, usePractice } from '../support/use-practice.js';

/** Root may read everything: as root the runs give their rights away first. */
const NOBODY = 65_534;
const IS_ROOT = process.getuid?.() === 0;
const SETPRIV = IS_ROOT ? findTool('setpriv') : null;
const UNDER: RunOptions = {
  under: SETPRIV
    ? [SETPRIV, `--reuid=${String(NOBODY)}`, `--regid=${String(NOBODY)}`, '--clear-groups']
    : [],
};

/** A practice in which the credentials of one role are kept. */
async function useKept(): Promise<Practice> {
  const practice = await usePractice();
  const { path } = practice.home;
  if (IS_ROOT)
    for (const name of ['', ...readTree(path).keys()]) chownSync(join(path, name), NOBODY, NOBODY);
  printed(await practice.run(['credential-process', 'dev'], UNDER));
  practice.received();
  return practice;
}

describe.skipIf(IS_ROOT && SETPRIV === null)('a session directory', () => {
  const modes: [shown: string, mode: number][] = [
    ['0000', 0o000],
    ['0300', 0o300],
    ['0600', 0o600],
  ];

  it.each(modes)(
    'of mode %s is told in one line by list and status, which work',
    async (_, mode) => {
      const practice = await useKept();
      const directory = storeDirectory(practice.home);
      chmodSync(directory, mode);
      for (const words of [['list'], ['list', '--json'], ['status'], ['status', '--json']]) {
        const { status, stdout, stderr } = await practice.run(words, UNDER);
        expect([words, status]).toEqual([words, 0]);
        expect(stdout).not.toBe('');
        expect(stderr).toMatch(
          /^assume: could not see which sessions are kept: cannot .*permission denied \(EACCES\)\n$/,
        );
        expect(stderr).toContain(directory);
      }
      chmodSync(directory, 0o700);
      expect(await practice.run(['status'], UNDER)).toMatchObject({ status: 0, stderr: '' });
    },
  );

  it.each(modes)('of mode %s is not said to be forgotten by logout', async (_, mode) => {
    const practice = await useKept();
    chmodSync(storeDirectory(practice.home), mode);
    const { status, stderr } = await practice.run(['logout', '--all'], UNDER);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^assume: something may be left: cannot .*\n {2}.*assume doctor\n$/);
    chmodSync(storeDirectory(practice.home), 0o700);
    expect((await practice.run(['logout', '--all'], UNDER)).stderr).toMatch(/forgot 1 cached/);
  });

  it('holds an entry that cannot be read: it counts as none, and is replaced or forgotten', async () => {
    const practice = await useKept();
    const { path } = storedEntry(practice.home, 'role');
    chmodSync(path, 0o000);
    expect(await practice.run(['status'], UNDER)).toMatchObject({ status: 0 });
    printed(await practice.run(['credential-process', 'dev'], UNDER));
    expect(practice.received()).toEqual(['AssumeRole']);
    printed(await practice.run(['credential-process', 'dev'], UNDER));
    expect(practice.received()).toEqual([]);
    chmodSync(path, 0o000);
    const { status, stderr } = await practice.run(['logout'], UNDER);
    expect(status).toBe(0);
    expect(stderr).toMatch(/forgot 1 cached/);
  });
});
