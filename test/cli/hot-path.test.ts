import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadedBy } from '../support/loaded.js';
import { makeMachineClock } from '../support/machine-clock.js';
import { ASSUME, IS_STANDALONE, RUNTIME, type Practice } from '../support/practice.js';
import { findTool } from '../support/tools.js';
import { usePractice } from '../support/use-practice.js';

/** Each is typed by a script or by an SDK, all day. */
const HOT = {
  process: ['credential-process', 'prod-role'],
  export: ['export', 'prod-role', '--shell', 'sh'],
  exec: ['exec', 'prod-role', '--', 'true'],
  bare: ['prod-role', '--', 'true'],
} as const;

let practice: Practice;

/** A practice in which every hot line was answered from the cache before, and is noted. */
beforeEach(async () => {
  practice = await usePractice();
  const code = { ASSUME_MFA_CODE: practice.code('jane.doe') };
  expect((await practice.run(HOT.process, { env: code })).status).toBe(0);
  // What was written just now is not trusted yet: it might change in the same tick of the clock.
  const clock = makeMachineClock(practice.home);
  clock.set(1);
  for (const words of Object.values(HOT)) {
    expect((await practice.run(words, { env: clock.env })).status).toBe(0);
  }
  practice.received();
});

const plans = (): string => join(practice.home.path, '.cache/assume/plans');

describe('a line that was answered before', () => {
  it.for([
    ['process', ['assume.cjs', 'start.cjs'], []],
    ['export', ['assume.cjs', 'commands-export.cjs', 'run.cjs', 'start.cjs'], []],
    [
      'exec',
      ['assume.cjs', 'commands-exec.cjs', 'run.cjs', 'start.cjs'],
      ['child_process', 'stream'],
    ],
    [
      'bare',
      ['assume.cjs', 'commands-exec.cjs', 'run.cjs', 'start.cjs'],
      ['child_process', 'stream'],
    ],
  ] as const)('loads for %s exactly the files and modules it has to', (row, { skip }) => {
    skip(IS_STANDALONE, 'a stand-alone executable is one file, and Bun lists no modules');
    const [name, files, modules] = row;
    const run = loadedBy(practice, HOT[name]);
    expect(run).toMatchObject({ status: 0, stderr: '', files });
    // Where Node can become the child, nothing is left to tell.
    expect(run.modules).toEqual(modules);
  });

  it.each(['process', 'export', 'exec', 'bare'] as const)(
    'reads no configuration for %s, and asks nobody',
    (name) => {
      expect(loadedBy(practice, HOT[name])).toMatchObject({ status: 0, hasThought: false });
      expect(practice.received()).toEqual([]);
    },
  );

  it('opens no file but its own program, its note, the credentials and the dump filter', ({
    skip,
  }) => {
    const strace = findTool('strace');
    if (strace === null) skip('there is no strace');
    const log = join(practice.home.path, 'opened');
    const words = ['-f', '-e', 'trace=openat', '-o', log, RUNTIME, ASSUME, ...HOT.process];
    execFileSync('strace', words, { env: practice.env });
    const opened = [...readFileSync(log, 'utf8').matchAll(/"([^"]+)"[^=]*= \d+/g)].map(
      (m) => m[1] ?? '',
    );
    const ours = opened.filter(
      (path) =>
        path.includes(practice.home.path) ||
        path.includes('coredump') ||
        /(bin|dist)\/[^/]*\.cjs$/.test(path),
    );
    expect(ours.map((path) => path.replace(/.*\//, '').replace(/[0-9a-f]{64}/, '#'))).toEqual([
      ...(IS_STANDALONE ? [] : ['assume.cjs', 'start.cjs']),
      'coredump_filter',
      'coredump_filter',
      'credential-process%20prod-role.any',
      'role-#.json',
    ]);
  });

  it('is thought through again after a change of a file, and then noted anew', async () => {
    const before = loadedBy(practice, HOT.process);
    practice.write(
      '.aws/config',
      `${readFileSync(join(practice.home.path, '.aws/config'), 'utf8')}\n# changed\n`,
    );
    const after = loadedBy(practice, HOT.process);
    expect([before.hasThought, after.hasThought]).toEqual([false, true]);
    expect(after.stdout).toBe(before.stdout);
    const clock = makeMachineClock(practice.home);
    clock.set(1);
    await practice.run(HOT.process, { env: clock.env });
    expect(loadedBy(practice, HOT.process).hasThought).toBe(false);
  });

  it('is not noted while its files are younger than a tick of the clock', async () => {
    practice.write('.aws/config', readFileSync(join(practice.home.path, '.aws/config'), 'utf8'));
    expect((await practice.run(HOT.process)).status).toBe(0);
    expect(loadedBy(practice, HOT.process).hasThought).toBe(true);
  });
});

describe('the notes', () => {
  it('lie in a directory of the owner alone, and hold no secret', () => {
    expect(statSync(plans()).mode & 0o777).toBe(0o700);
    const { SecretAccessKey, SessionToken } = JSON.parse(
      loadedBy(practice, HOT.process).stdout,
    ) as Record<string, string>;
    for (const name of readdirSync(plans())) {
      const path = join(plans(), name);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const text = readFileSync(path, 'utf8');
      for (const secret of [SecretAccessKey, SessionToken, practice.key('jane.doe').secret]) {
        expect(secret).toMatch(/.{20}/);
        expect(text).not.toContain(secret);
      }
    }
  });

  it.each<[string, (path: string, text: string) => void]>([
    [
      'empty',
      (path) => {
        writeFileSync(path, '');
      },
    ],
    [
      'half-written',
      (path, text) => {
        writeFileSync(path, text.slice(0, text.length / 2));
      },
    ],
    [
      'no JSON',
      (path) => {
        writeFileSync(path, 'process.exit(7)');
      },
    ],
    [
      'of another form',
      (path) => {
        writeFileSync(path, '[]');
      },
    ],
    [
      'of another build',
      (path, text) => {
        writeFileSync(path, text.replace(/"build":"./, '"build":"x'));
      },
    ],
    [
      'without its fields',
      (path, text) => {
        writeFileSync(path, `${text.split(',"seen"')[0] ?? ''}}`);
      },
    ],
    [
      'readable by others',
      (path) => {
        chmodSync(path, 0o644);
      },
    ],
    [
      "another line's",
      (path, text) => {
        writeFileSync(path, text.replaceAll('prod-role', 'dev'));
      },
    ],
  ])('that are %s are not believed, and written anew', async (_, spoil) => {
    const good = loadedBy(practice, HOT.process);
    const path = join(plans(), 'credential-process%20prod-role.any');
    spoil(path, readFileSync(path, 'utf8'));
    const spoiled = loadedBy(practice, HOT.process);
    expect([good.hasThought, spoiled.hasThought]).toEqual([false, true]);
    expect(spoiled).toMatchObject({ status: 0, stdout: good.stdout, stderr: '' });
    const clock = makeMachineClock(practice.home);
    clock.set(1);
    await practice.run(HOT.process, { env: clock.env });
    expect(loadedBy(practice, HOT.process)).toEqual(good);
  });

  it('go with the sessions at logout --all', async () => {
    expect(existsSync(plans())).toBe(true);
    expect((await practice.run(['logout', '--all'])).status).toBe(0);
    expect(existsSync(plans())).toBe(false);
  });
});
