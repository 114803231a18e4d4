import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findLeaks, type Marker } from '../support/find-leaks.js';
import {
  ASSUME,
  startPractice,
  type Ended,
  type Practice,
  type RunOptions,
} from '../support/practice.js';
import { readTree, type TreeNode } from '../support/read-tree.js';
import { watchArgv } from '../support/watch-argv.js';

let practice: Practice;

beforeEach(async () => {
  practice = await startPractice();
  mkdirSync(join(practice.home.path, 'tmp'), { mode: 0o700 });
});

afterEach(() => practice.close());

/** Outputs that are meant to hold credentials: they are the delivery. */
const DELIVERS = new Set(['export', 'credential-process']);

interface Flow {
  readonly markers: readonly Marker[];
  /** Every stream that is not a delivery, by what was typed. */
  readonly outputs: ReadonlyMap<string, string>;
}

/** A day's work and its mishaps, with `--debug` wherever it is taken. */
async function work(options: RunOptions = {}): Promise<Flow> {
  const codes: string[] = [];
  const outputs = new Map<string, string>();
  const run = async (args: readonly string[], more: RunOptions = {}): Promise<Ended> => {
    const [command = '', ...rest] = args;
    const env = { TMPDIR: join(practice.home.path, 'tmp'), ...more.env };
    const ended = await practice.run([command, '--debug', ...rest], { ...options, ...more, env });
    const typed = `${String(outputs.size)} ${args.join(' ')}`;
    outputs.set(`${typed} 2>`, ended.stderr);
    if (!DELIVERS.has(command)) outputs.set(`${typed} >`, ended.stdout);
    return ended;
  };
  const wrong = '000000';
  const code = (): string => {
    const fresh = practice.freshCode('jane.doe');
    codes.push(fresh);
    return fresh;
  };
  await run(['export', 'prod-role'], { env: { ASSUME_MFA_CODE: wrong } });
  practice.aws.faults.push({ kind: 'html', action: null, times: 1 });
  await run(['export', 'prod-role'], { env: { ASSUME_MFA_CODE: code() } });
  practice.aws.faults.push({ kind: 'truncated', action: null, times: 1 });
  await run(['export', 'prod-role'], { env: { ASSUME_MFA_CODE: code() } });
  await run(['export', 'prod-role', '--mfa-code', '-'], { input: `${code()}\n` });
  await run(['credential-process', 'prod-readonly']);
  await run(['exec', 'prod-role', '--', 'true']);
  await run(
    ['exec', 'dev', '--duration', '2h', '--mfa-serial', practice.serial('jane.doe'), '--', 'true'],
    {
      env: { ASSUME_MFA_CODE: code() },
    },
  );
  await run(['write', 'prod-role']);
  await run(['export', '222222222222/no-such-role']);
  await run(['export', 'dev', '--refresh', '--external-id', 'x y']);
  for (const command of ['list', 'status', 'whoami', 'doctor']) await run([command]);
  for (const command of ['list', 'status', 'whoami', 'doctor']) await run([command, '--json']);
  await run(['plan', 'prod-role']);
  await run(['plan', 'prod-role', '--json']);
  await run(['config', 'check']);
  const markers = markersOf(codes);
  await run(['logout', '--all']);
  return { markers, outputs };
}

/** Everything secret that there is by now: keys, codes, the seed, and what AWS gave. */
function markersOf(codes: readonly string[]): Marker[] {
  const { mfaDevices } = practice.user('jane.doe');
  const given = [...readTree(join(practice.home.path, 'run'))].flatMap(([path, { content }]) => {
    if (!path.endsWith('.json') || content === null) return [];
    const entry = JSON.parse(content.toString()) as Record<string, string>;
    return [
      { name: `secret key of ${path}`, secret: entry['secretAccessKey'] ?? '' },
      { name: `token of ${path}`, secret: entry['sessionToken'] ?? '' },
    ];
  });
  return [
    { name: 'long-term secret key', secret: practice.key('jane.doe').secret },
    { name: 'seed', secret: mfaDevices[0]?.seed ?? '' },
    ...codes.map((secret) => ({ name: 'MFA code', secret })),
    ...given,
  ];
}

/** The home, and where its `run` leads. */
function tree(without: readonly string[] = []): ReadonlyMap<string, TreeNode> {
  const runtime = readTree(join(practice.home.path, 'run'));
  const all = [
    ...readTree(practice.home.path),
    ...[...runtime].map(([path, node]) => [`run/${path}`, node] as const),
  ];
  return new Map(
    all.filter(([path]) => !without.some((left) => path === left || path.startsWith(`${left}/`))),
  );
}

/** Every file of the home but those that are announced to hold secrets. */
function files(without: readonly string[]): Map<string, Buffer> {
  const rows = [...tree(without)].flatMap(([path, { content }]): [string, Buffer][] => [
    [`name of ${path}`, Buffer.from(path)],
    ...(content === null ? [] : [[path, content] as [string, Buffer]]),
  ]);
  return new Map(rows);
}

describe('a secret is nowhere but where it is announced to be', () => {
  test('in no output under --debug, and in no other file', async () => {
    const { markers, outputs } = await work();
    expect(markers.length).toBeGreaterThanOrEqual(10);
    expect(markers.filter(({ secret }) => secret.length < 6)).toEqual([]);
    expect([...outputs.values()].join('')).toMatch(/cause: /);
    expect(findLeaks(markers, outputs)).toEqual([]);
    expect(findLeaks(markers, files(['.aws/credentials']))).toEqual([]);
  });

  test('in memory alone while sessions live', async () => {
    const env = { ASSUME_MFA_CODE: practice.code('jane.doe') };
    await practice.run(['exec', 'prod-role', '--', 'true'], { env });
    const markers = markersOf([env.ASSUME_MFA_CODE]);
    expect(findLeaks(markers, files(['.aws/credentials', 'run/assume']))).toEqual([]);
    const [session] = markers.filter(({ name }) => name.startsWith('token of'));
    expect(findLeaks(session ? [session] : [], files([])).length).toBeGreaterThan(0);
    const spent = markers.filter(
      ({ name }) => name === 'MFA code' || name === 'long-term secret key',
    );
    expect(findLeaks(spent, files(['.aws/credentials']))).toEqual([]);
  });

  test.skipIf(!existsSync('/proc/self/cmdline'))('on no command line of any process', async () => {
    const watch = watchArgv();
    const { markers } = await work();
    const lines = await watch.end();
    expect([...lines.values()].some((line) => line.includes(ASSUME))).toBe(true);
    expect(findLeaks(markers, lines)).toEqual([]);
  });
});

describe('the check itself finds', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY"EXAMPLEKEY';
  const markers = [{ name: 'planted', secret }];

  test.each([
    ['raw', secret],
    ['URL-escaped', encodeURIComponent(secret)],
    ['JSON-escaped', JSON.stringify({ secret })],
    ['JSON-escaped slashes', JSON.stringify({ secret }).replaceAll('/', '\\/')],
    ['hexadecimal', Buffer.from(secret).toString('hex')],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64', Buffer.from(`x${secret}`).toString('base64')],
    ['base64', Buffer.from(`xy${secret}xy`).toString('base64')],
  ])('a secret that is %s', (form, text) => {
    expect(findLeaks(markers, new Map([['a file', `before ${text} after`]]))).toContain(
      `a file: planted, ${form}`,
    );
  });

  test('a secret planted in a file of the home', () => {
    practice.write('.local/state/assume/notes', `key=${practice.key('jane.doe').secret}`);
    const found = findLeaks(markersOf([]), files(['.aws/credentials']));
    expect(found).toContain('.local/state/assume/notes: long-term secret key, raw');
    expect(found.every((line) => line.startsWith('.local/state/assume/notes: '))).toBe(true);
  });

  test.skipIf(!existsSync('/proc/self/cmdline'))('a secret planted on a command line', async () => {
    const watch = watchArgv();
    const child = spawn('sh', ['-c', 'read line', secret]);
    await watch.seen(secret);
    child.stdin.end('\n');
    expect(findLeaks(markers, await watch.end())).not.toEqual([]);
  });
});

describe('everything that is created is closed to others', () => {
  test.each(['000', '022', '077', '777'])('under umask %s', async (umask) => {
    const before = new Set(tree().keys());
    const env = { ASSUME_MFA_CODE: practice.code('jane.doe') };
    const under = ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh'];
    const store = practice.write('plain.ini', '[settings]\nstore = plain\n');
    const aws = join(practice.home.path, 'new/aws/credentials');
    await practice.run(['exec', 'prod-role', '--', 'true'], { env, under });
    await practice.run(['exec', 'dev', '--', 'true'], { env: { ASSUME_CONFIG: store }, under });
    await practice.run(['write', 'dev'], { under });
    await practice.run(['exec', 'environment', '--', 'true'], { under });
    const { id, secret } = practice.key('jane.doe');
    const written = await practice.run(['write', '222222222222/dev-role'], {
      env: {
        AWS_SHARED_CREDENTIALS_FILE: aws,
        AWS_ACCESS_KEY_ID: id,
        AWS_SECRET_ACCESS_KEY: secret,
      },
      under,
    });
    expect(written).toMatchObject({ status: 0 });
    const created = [...tree()].filter(([path]) => !before.has(path));
    const opened = created.filter(
      ([path, { kind, mode }]) =>
        path !== 'plain.ini' && mode !== (kind === 'directory' ? '0700' : '0600'),
    );
    expect(opened.map(([path, { mode }]) => `${path} ${mode}`)).toEqual([]);
    const places = created.map(([path]) => path);
    for (const place of [
      'run/assume',
      '.local/state/assume',
      '.cache/assume',
      'new/aws/credentials',
    ])
      expect(places).toContain(place);
  });
});
