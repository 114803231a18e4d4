import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadedBy } from '../support/loaded.js';
import { makeMachineClock } from '../support/machine-clock.js';
import { IS_STANDALONE, type Practice } from '../support/practice.js';
import { findTool } from '../support/tools.js';
import { usePractice } from '../support/use-practice.js';

const INI = `[identity shared]
credentials = profile:base
user_name = jane.doe
[customer acme]
color = red
[account production]
id = 444444444444
customer = acme
roles = prod-role, readonly
tags = env=prod
region = eu-west-1
`;

let practice: Practice;
beforeEach(async () => {
  practice = await usePractice();
  practice.write('.config/assume/assume.ini', INI);
});

const at = (name: string): string => join(practice.home.path, '.cache/assume', name);

/** Lists when no file is young any more, which notes the catalogue. */
async function note(): Promise<void> {
  const clock = makeMachineClock(practice.home);
  clock.set(1);
  expect((await practice.run(['list'], { env: clock.env })).status).toBe(0);
}

const FORMS = [
  ['list'],
  ['list', '--json'],
  ['list', '--csv'],
  ['list', '--names'],
  ['list', 'prod'],
  ['list', 'nobody'],
];

describe('what the files name', () => {
  it.each(FORMS)('is listed from the notes as it was from the files: %s %s', async (...words) => {
    const argv = words.filter(Boolean);
    await practice.run(['credential-process', 'dev'], {});
    const fresh = loadedBy(practice, argv);
    expect(fresh.status).toBe(0);
    await note();
    const noted = loadedBy(practice, argv);
    expect(noted.stderr).toBe(fresh.stderr);
    // The time left goes by.
    const timeless = (text: string): string =>
      text.replace(/(59|58|1h0?m?) ?m? left|\d+m left/g, 'left');
    expect(timeless(noted.stdout)).toBe(timeless(fresh.stdout));
    if (!IS_STANDALONE) {
      expect(fresh.files).toContain('commands-make-listing.cjs');
      expect(noted.files).not.toContain('commands-make-listing.cjs');
    }
  });

  it('is read anew after a change', async () => {
    await note();
    practice.write(
      '.config/assume/conf.d/more.ini',
      '[account other]\nid = 111122223333\nroles = x\n',
    );
    expect((await practice.run(['list'])).stdout).toContain('other/x');
    practice.write('.config/assume/assume.ini', INI.replace('readonly', 'viewer'));
    const { stdout } = await practice.run(['list']);
    expect(stdout).toContain('production/viewer');
    expect(stdout).not.toContain('production/readonly');
  });

  it('is refused where the files are wrong, whatever was noted', async () => {
    await note();
    practice.write('.config/assume/assume.ini', `${INI}nonsense = 1\n`);
    expect(await practice.run(['list'])).toMatchObject({ status: 3, stdout: '' });
  });

  it.each<[string, (path: string) => void]>([
    [
      'half-written',
      (path) => {
        truncateSync(path, Math.floor(statSync(path).size / 2));
      },
    ],
    [
      'empty',
      (path) => {
        truncateSync(path);
      },
    ],
    [
      'other text',
      (path) => {
        writeFileSync(path, '{"build":"x"}');
      },
    ],
    [
      'of no form',
      (path) => {
        writeFileSync(
          path,
          readFileSync(path, 'utf8').replace(/"seen":\{.*?\},"until"/s, '"seen":7,"until"'),
        );
      },
    ],
    [
      'readable by others',
      (path) => {
        chmodSync(path, 0o644);
      },
    ],
  ])('is read anew from notes that are %s, which are then written again', async (_, spoil) => {
    await note();
    const good = await practice.run(['list']);
    const json = await practice.run(['list', '--json']);
    for (const name of ['table.json', 'catalogue.json']) spoil(at(name));
    expect(await practice.run(['list'])).toEqual(good);
    expect(await practice.run(['list', '--json'])).toEqual(json);
    await note();
    if (!IS_STANDALONE) {
      expect(loadedBy(practice, ['list']).files).not.toContain('commands-make-listing.cjs');
    }
  });

  it('lies in files of the owner alone', async () => {
    await note();
    for (const name of ['table.json', 'catalogue.json', 'names']) {
      expect(statSync(at(name)).mode & 0o777).toBe(0o600);
    }
  });
});

/** How each shell is asked for the names, once its hook is loaded. */
const SHELLS = [
  { name: 'bash', args: ['--norc', '-c'] },
  { name: 'zsh', args: ['-f', '-c'] },
  { name: 'fish', args: ['--no-config', '-c'] },
] as const;

describe.each(SHELLS)('completion in $name', ({ name, args }) => {
  const test = it.skipIf(findTool(name) === null);

  /** What it completes; the program, which is none of ours here, says that it was started. */
  async function completed(env: Readonly<Record<string, string>> = {}): Promise<string> {
    const hook = (await practice.run(['hook', name])).stdout;
    practice.write('bin/assume', '#!/bin/sh\necho started\n');
    chmodSync(join(practice.home.path, 'bin/assume'), 0o755);
    const path = `${join(practice.home.path, 'bin')}:${practice.env['PATH'] ?? ''}`;
    const { stdout, stderr } = spawnSync(name, [...args, `${hook}\n__assume_names`], {
      ...{ env: { ...practice.env, PATH: path, ...env }, encoding: 'utf8' },
    });
    expect(stderr).toBe('');
    return stdout;
  }

  test('starts no program while nothing has changed', async () => {
    await note();
    const { stdout } = await practice.run(['list', '--names']);
    expect(await completed()).toBe(stdout);
    expect(stdout).toContain('production/readonly\n');
  });

  test.each<[string, () => Readonly<Record<string, string>> | undefined]>([
    [
      'there is no file of names',
      () => {
        unlinkSync(at('names'));
        return undefined;
      },
    ],
    [
      'a file was changed',
      () => {
        practice.write('.aws/config', '');
        return undefined;
      },
    ],
    [
      'a file came',
      () => {
        practice.write('.config/assume/conf.d/a.ini', '');
        return undefined;
      },
    ],
    [
      'a file went',
      () => {
        unlinkSync(join(practice.home.path, '.aws/config'));
        return undefined;
      },
    ],
    ['a variable leads elsewhere', () => ({ AWS_CONFIG_FILE: '/nowhere' })],
    [
      'the names are empty',
      () => {
        truncateSync(at('names'));
        return undefined;
      },
    ],
    [
      'they are cut off',
      () => {
        writeFileSync(at('names'), readFileSync(at('names'), 'utf8').split('\n.')[0] ?? '');
        return undefined;
      },
    ],
    [
      'they are something else',
      () => {
        writeFileSync(at('names'), '$(touch canary)\n+`touch canary`\n.\nx\n');
        return undefined;
      },
    ],
  ])('asks the program where %s', async (_, change) => {
    await note();
    expect(await completed(change())).toBe('started\n');
    expect(existsSync(join(practice.home.path, 'canary'))).toBe(false);
  });

  test("asks the program where the names are another user's", async ({ skip }) => {
    if (process.getuid?.() !== 0) skip('only root can give files away');
    await note();
    chownSync(at('names'), 12_345, 12_345);
    expect(await completed()).toBe('started\n');
  });
});
