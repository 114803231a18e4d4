import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type Practice } from '../support/practice.js';
import { findTool } from '../support/tools.js';

/** Ends what would otherwise hang, or read for ever. */
const BOUNDED = ['timeout', '10'];

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice.close());

/** What stands where a file should: made at a path, or there on every machine. */
const KINDS: Readonly<Record<string, (path: string) => string>> = {
  'a pipe': (path) => {
    spawnSync('mkfifo', [path]);
    return path;
  },
  'a directory': (path) => {
    mkdirSync(path);
    return path;
  },
  'a device': () => '/dev/zero',
};

/** Each file that is read: the variable that names it, and the command that reads it. */
const READERS: readonly [variable: string, args: readonly string[]][] = [
  ['AWS_CONFIG_FILE', ['list']],
  ['AWS_SHARED_CREDENTIALS_FILE', ['list']],
  ['AWS_SHARED_CREDENTIALS_FILE', ['write', 'dev']],
  ['ASSUME_CONFIG', ['list']],
  ['ASSUME_CONFIG', ['config', 'check']],
];

describe('what is no file', () => {
  const rows = READERS.flatMap(([variable, args]) =>
    Object.entries(KINDS).map(([kind, make]) => ({ variable, args, kind, make })),
  );

  it.each(rows)(
    '$variable as $kind is refused by $args',
    async ({ variable, args, kind, make }) => {
      const directory = mkdtempSync(join(practice.home.path, 'no-file-'));
      const path = make(join(directory, 'named'));
      const env = { [variable]: path };
      const { status, stdout, stderr } = await practice.run(args, { env, under: BOUNDED });
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^assume: cannot read ${path}: it is ${kind}\n  \\S`));
    },
  );

  it.each(Object.keys(KINDS).filter((kind) => kind !== 'a device'))(
    '%s among the drop-in files is refused',
    async (kind) => {
      const directory = mkdtempSync(join(practice.home.path, 'drop-in-'));
      mkdirSync(join(directory, 'conf.d'));
      const path = KINDS[kind]?.(join(directory, 'conf.d/acme.ini')) ?? '';
      const env = { ASSUME_CONFIG: join(directory, 'assume.ini') };
      const { status, stderr } = await practice.run(['list'], { env, under: BOUNDED });
      expect(status).toBe(3);
      expect(stderr).toContain(`cannot read ${path}: it is ${kind}\n`);
    },
  );

  it.skipIf(findTool('bash') === null)(
    'is what a shell gives for <(…), which says what to do',
    async () => {
      const script = 'AWS_CONFIG_FILE=<(echo "[default]") "$@"';
      const { status, stderr } = await practice.run(['list'], {
        under: [...BOUNDED, 'bash', '-c', script, 'bash'],
      });
      expect(status).toBe(3);
      expect(stderr).toMatch(/^assume: cannot read \/dev\/fd\/\d+: it is a pipe\n {2}.*save/i);
    },
  );

  it.each(['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'ASSUME_CONFIG'])(
    'but /dev/null is an empty %s',
    async (variable) => {
      const ended = await practice.run(['list', '--names'], { env: { [variable]: '/dev/null' } });
      expect(ended).toMatchObject({ status: 0, stderr: '' });
    },
  );

  it('is never written: not /dev/null either', async () => {
    const keys = practice.key('jane.doe');
    const ended = await practice.run(['write', '222222222222/dev-role'], {
      env: {
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_ACCESS_KEY_ID: keys.id,
        AWS_SECRET_ACCESS_KEY: keys.secret,
      },
    });
    expect(ended.status).toBe(3);
    expect(ended.stderr).toMatch(/cannot edit \/dev\/null: it is a device\n {2}\S/);
  });
});

describe('a long file', () => {
  /** Holes count as bytes and take no room. */
  function makeFile(megabytes: number): string {
    const path = practice.write(`long-${String(megabytes)}`, '[default]\n');
    truncateSync(path, megabytes * 1024 * 1024);
    return path;
  }

  it.each(['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'ASSUME_CONFIG'])(
    'is refused as %s beyond 64 MB',
    async (variable) => {
      const path = makeFile(65);
      const { status, stderr } = await practice.run(['list'], { env: { [variable]: path } });
      rmSync(path);
      expect(status).toBe(3);
      expect(stderr).toMatch(
        new RegExp(`^assume: cannot read ${path}: it is 65 MB long, and 64 MB .*\n  \\S`),
      );
    },
  );

  it.each<[string, string, (index: number) => string, RegExp]>([
    [
      'AWS_CONFIG_FILE',
      'list',
      (index) => `[profile p${String(index)}]\naws_access_key_id = A\n`,
      /^p150000 /m,
    ],
    [
      'ASSUME_CONFIG',
      'status',
      (index) => `[customer c${String(index)}]\ncolor = red\n`,
      /^sessions/m,
    ],
  ])(
    'of 150,000 sections is read: %s',
    { timeout: 60_000 },
    async (variable, command, section, shown) => {
      const text = Array.from({ length: 150_001 }, (_, index) => section(index)).join('\n');
      const path = practice.write('many-sections', text);
      const { status, stdout } = await practice.run([command], { env: { [variable]: path } });
      expect(status).toBe(0);
      expect(stdout).toMatch(shown);
    },
  );
});
