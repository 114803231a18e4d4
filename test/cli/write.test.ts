import { execFile, execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';

import { startAwsClients } from '../support/aws-clients.js';
import { underOwnMounts } from '../support/own-mounts.js';
import { ASSUME, RUNTIME, startPractice, type Ended, type Practice } from '../support/practice.js';
import { readTree } from '../support/read-tree.js';
import { usePractice } from '../support/use-practice.js';

const PROD = 'arn:aws:sts::444444444444:assumed-role/prod-role/jane.doe';
const FILE = '.aws/credentials';
const OURS = 'assume-prod-role';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
  const env = { ASSUME_MFA_CODE: practice.code('jane.doe') };
  expect(await practice.run(['login', 'base'], { env })).toMatchObject({ status: 0 });
});
afterEach(() => practice.close());

const at = (path = FILE): string => join(practice.home.path, path);
const bytes = (path = FILE): string => readFileSync(at(path), 'latin1');
const mode = (path = FILE): string => (statSync(at(path)).mode & 0o7777).toString(8);

function write(...options: string[]): Promise<Ended> {
  return practice.run(['write', 'prod-role', '--quiet', ...options]);
}

/** Without our section: what was there before, if nothing else was touched. */
function withoutOurs(text: string, section = OURS): string {
  return text.replace(new RegExp(`\\r?\\n\\[${section}\\](?:\\r?\\n[^\\[\\r\\n]*)*`), '');
}

describe('assume write', () => {
  it.each(['', 'a]b', '[x', 'a#b', ' x', 'a\nb'])(
    'refuses %j as a name before anything is asked, and says what to type',
    async (profile) => {
      practice.received();
      const before = bytes();
      const { status, stdout, stderr } = await write('--profile', profile);
      expect({ status, stdout, text: bytes() }).toEqual({ status: 2, stdout: '', text: before });
      expect(stderr).toMatch(/^assume: --profile: .*\n {2}choose another name/);
      expect(practice.received()).toEqual([]);
    },
  );

  it.each([
    ['comments and order', '# first\n[base]\nKEYS\n; in between\n[zeta]\nregion = x\n\n# last\n'],
    ['no final line end', '[base]\nKEYS\n[zeta]\nregion = x'],
    ['CRLF', '[base]\nKEYS\n\n[zeta]\nregion = x\n'.replaceAll('\n', '\r\n')],
    ['a byte order mark', '\ufeff[base]\nKEYS\n'],
    ['bytes that are no UTF-8', '# \xff\xfe caf\xe9\n[base]\nKEYS\n'],
    ['an odd spacing', '[base]\nKEYS\n[ zeta ]\nregion  =x\n\n\n\n'],
  ])('keeps every byte of others: %s', async (_, template) => {
    const keys = bytes().split('\n').slice(1, 3);
    const end = template.includes('\r\n') ? '\r\n' : '\n';
    const encoding = template.startsWith('\ufeff') ? 'utf8' : 'latin1';
    const text = template.replace('KEYS', keys.join(end));
    writeFileSync(at(), text, encoding);
    const before = bytes();
    expect(await write()).toMatchObject({ status: 0, stdout: '' });
    const after = bytes();
    expect(after.startsWith(before)).toBe(true);
    const added = after.slice(before.length);
    expect(added).toContain(`[${OURS}]${end}aws_access_key_id = ASIA`);
    expect(added.replaceAll(end, '')).not.toMatch(/[\r\n]/);

    expect(await write('--refresh')).toMatchObject({ status: 0 });
    const renewed = bytes();
    expect(renewed).not.toBe(after);
    expect(renewed.startsWith(before)).toBe(true);
    expect(renewed.match(/\[assume-prod-role\]/g)).toHaveLength(1);
  });

  it.each([
    ['600', '600'],
    ['400', '400'],
    ['640', '600'],
    ['644', '600'],
  ])('makes the mode %s %s: others may not read what it writes', async (given, expected) => {
    chmodSync(at(), given);
    const { status, stderr } = await practice.run(['write', 'prod-role']);
    expect([status, mode()]).toEqual([0, expected]);
    expect(stderr.includes(`others could read ${at()}; now only you can`)).toBe(given !== expected);
  });

  it('creates the file 0600 and its directory 0700 under any umask', async () => {
    const path = at('new/place/credentials');
    practice.write(
      '.aws/config',
      `[profile base]\n${bytes().split('\n').slice(1).join('\n')}\n` +
        readFileSync(at('.aws/config'), 'utf8'),
    );
    const env = { AWS_SHARED_CREDENTIALS_FILE: path };
    const command = `umask 0; exec "$0" "$@"`;
    const program = [RUNTIME, ASSUME];
    await promisify(execFile)('sh', ['-c', command, ...program, 'write', 'prod-role', '--quiet'], {
      env: { ...practice.env, ...env },
    });
    expect([mode('new/place/credentials'), mode('new/place')]).toEqual(['600', '700']);
    expect(readdirSync(dirname(path))).toEqual(['credentials']);
  });

  it('follows a chain of symbolic links, and leaves each', async () => {
    mkdirSync(at('dotfiles/aws'), { recursive: true });
    const text = bytes();
    writeFileSync(at('dotfiles/aws/real'), text, { mode: 0o600 });
    symlinkSync('real', at('dotfiles/aws/middle'));
    execFileSync('rm', [at()]);
    symlinkSync('../dotfiles/aws/middle', at());
    expect(await write()).toMatchObject({ status: 0 });
    expect(lstatSync(at()).isSymbolicLink()).toBe(true);
    expect(lstatSync(at('dotfiles/aws/middle')).isSymbolicLink()).toBe(true);
    expect(bytes('dotfiles/aws/real').startsWith(text)).toBe(true);
    expect(bytes('dotfiles/aws/real')).toContain(`[${OURS}]`);
  });

  it('creates the file that a dangling link names', async () => {
    practice.write(
      '.aws/config',
      `[profile base]\n${bytes().split('\n').slice(1).join('\n')}\n` +
        readFileSync(at('.aws/config'), 'utf8'),
    );
    execFileSync('rm', [at()]);
    symlinkSync('../real-credentials', at());
    expect(await write()).toMatchObject({ status: 0 });
    expect(lstatSync(at()).isSymbolicLink()).toBe(true);
    expect(mode('real-credentials')).toBe('600');
    expect(bytes('real-credentials')).toContain(`[${OURS}]`);
  });

  it('loses nothing when eight write at once', async () => {
    const before = bytes();
    const names = Array.from({ length: 8 }, (_, index) => `parallel-${String(index)}`);
    const ended = await Promise.all(names.map((name) => write('--profile', name)));
    expect(ended.map(({ status }) => status)).toEqual(names.map(() => 0));
    const after = bytes();
    expect(after.startsWith(before)).toBe(true);
    const sections = [...after.matchAll(/^\[(parallel-\d)\]\naws_access_key_id = ASIA/gm)];
    expect(sections.map(([, name]) => name).sort()).toEqual(names);
    expect(after.match(/^aws_session_token = \S+$/gm)).toHaveLength(8);
    expect(readdirSync(at('.aws')).sort()).toEqual(['config', 'credentials']);
  });

  const LONG_TERM = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n';
  const FOREIGN = `${LONG_TERM.replace('AKIA', 'ASIA')}aws_session_token = y\n`;
  it.each([
    ['a section of someone else', FOREIGN, [], /--force/],
    ['long-term keys', LONG_TERM, [], /--profile/],
    ['long-term keys, forced', LONG_TERM, ['--force'], /--profile/],
    [
      'an empty session token beside long-term keys',
      `${LONG_TERM}aws_session_token =\n`,
      ['--force'],
      /--profile/,
    ],
    [
      'long-term keys beside an old token',
      `${LONG_TERM}aws_session_token = y\n`,
      ['--force'],
      /--profile/,
    ],
    ['a secret without its key', 'aws_secret_access_key = x\n', ['--force'], /--profile/],
    ['a section without keys', 'region = eu-west-1\n', [], /--force/],
  ])('refuses to replace %s', async (_, section, options, hint) => {
    writeFileSync(at(), `${bytes()}\n# theirs\n[taken]\n${section}`);
    const before = bytes();
    practice.received();
    const ended = await write('--profile', 'taken', ...options);
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain(`${at()}:6`);
    expect(ended.stderr).toMatch(hint);
    expect(bytes()).toBe(before);
    expect(practice.received()).toEqual([]);
  });

  it('replaces a section of someone else with --force: nothing of it stays', async () => {
    const theirs = `# theirs\nregion = eu-west-1\n${FOREIGN}endpoint_url = http://127.0.0.1:1\nodd key = 1\n`;
    const before = bytes();
    writeFileSync(at(), `${before}\n[taken]\n${theirs}# of next\n[next]\nregion = x\n`);
    expect(await write('--profile', 'taken', '--force')).toMatchObject({ status: 0 });
    const after = bytes();
    expect(after.startsWith(`${before}\n# of next\n[next]\nregion = x\n\n[taken]\n`)).toBe(true);
    const keys = [...after.slice(after.indexOf('[taken]')).matchAll(/^(.*?) = /gm)];
    expect(keys.map(([, key]) => key)).toEqual([
      'aws_access_key_id',
      'aws_secret_access_key',
      'aws_session_token',
      'aws_account_id',
      'x_assume_target',
      'x_assume_expires',
    ]);
    expect(after).not.toContain('IOSFODNN7EXAMPLE');
  });

  it('keeps what was added to a section of ours, but not the region of the last target', async () => {
    const config = bytes('.aws/config');
    const regional = config.replace('prod-role]\n', 'prod-role]\nregion = eu-west-1\n');
    writeFileSync(at('.aws/config'), regional);
    expect(await write('--profile', 'work')).toMatchObject({ status: 0 });
    expect(bytes()).toContain('region = eu-west-1\n');
    writeFileSync(at(), bytes().replace('[work]\n', '[work]\n# mine\noutput = json\n'));
    const words = ['write', 'prod-readonly', '--quiet', '--profile', 'work'];
    expect(await practice.run(words)).toMatchObject({ status: 0 });
    expect(bytes()).toContain('[work]\n# mine\noutput = json\n');
    expect(bytes()).not.toContain('region = ');
  });

  it.each([
    'role_arn = arn:aws:iam::444444444444:role/readonly\nsource_profile = base',
    'credential_process = cat keys',
    'sso_session = corporate',
    'sso_start_url = https://example.awsapps.com/start',
    'sso_account_id = 444444444444',
    'sso_role_name = reader',
    'sso_region = eu-west-1',
  ])('refuses a name whose profile has %s, by file and line', async (key) => {
    writeFileSync(at('.aws/config'), `[profile shadowed]\n${key}\n${bytes('.aws/config')}`);
    const before = bytes();
    for (const options of [[], ['--force']]) {
      const ended = await write('--profile', 'shadowed', ...options);
      expect(ended.status).toBe(1);
      expect(ended.stderr).toContain(`${at('.aws/config')}:2`);
      expect(ended.stderr).toContain(key.split(' ')[0]);
    }
    expect(bytes()).toBe(before);
  });

  it('is read back by boto3, the AWS CLI and the JavaScript SDK, and hidden from the list', async () => {
    const listed = (await practice.run(['list', '--names'])).stdout;
    expect(await write()).toMatchObject({ status: 0 });
    expect((await practice.run(['list', '--names'])).stdout).toBe(listed);
    const clients = await startAwsClients();
    if (clients === null) return;
    try {
      const region = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' };
      const env = { ...practice.env, ...region, AWS_ENDPOINT_URL: practice.aws.url };
      const all = { boto3: PROD, cli: PROD, js: PROD };
      expect(await clients.whoAmI(env, OURS)).toEqual(all);
    } finally {
      clients.close();
    }
    expect(withoutOurs(bytes())).not.toContain(OURS);
  });

  it('misses once, and by what to type, a live section that another program dropped', async () => {
    const before = bytes();
    for (const options of [[], ['--profile', 'mine']]) {
      expect(await write(...options)).toMatchObject({ status: 0, stderr: '' });
    }
    writeFileSync(at(), before);
    expect((await write('--profile', 'other')).stderr.split('\n').sort()).toEqual([
      '',
      `assume: profile ${OURS} is gone from ${at()}; to have it again: assume write prod-role`,
      `assume: profile mine is gone from ${at()}; to have it again: assume write prod-role --profile mine`,
    ]);
    expect(await write('--profile', 'other')).toMatchObject({ status: 0, stderr: '' });
  });

  it('misses none in another file, nor one that it writes again', async () => {
    const before = bytes();
    expect(await write()).toMatchObject({ status: 0, stderr: '' });
    const other = practice.write('.aws/other', before);
    const env = { AWS_SHARED_CREDENTIALS_FILE: other };
    const elsewhere = await practice.run(['write', 'prod-role', '--quiet'], { env });
    expect(elsewhere).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(at(), before);
    expect(await write()).toMatchObject({ status: 0, stderr: '' });
  });

  it('says where it wrote and until when', async () => {
    const { stdout, stderr } = await practice.run(['write', 'prod-role', '--profile', 'prod']);
    expect(stdout).toBe('');
    const [, until] = /until (\S+Z)/.exec(stderr) ?? [];
    expect(stderr).toContain(at());
    expect(bytes()).toMatch(new RegExp(`\\[prod\\][^[]*x_assume_expires = ${until ?? '?'}\\n`));
  });
});

const isRoot = process.getuid?.() === 0 && process.platform === 'linux';

describe.skipIf(!isRoot)('assume write, on a disk that will not take it (as root)', () => {
  /** A file system of 64 KB on `~/.aws`, with the files that were there. */
  function mountSmall(): void {
    const files = { config: bytes('.aws/config'), credentials: bytes() };
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at('.aws')]);
    for (const [name, text] of Object.entries(files)) writeFileSync(at(`.aws/${name}`), text);
  }
  afterEach(() => {
    execFileSync('umount', ['-l', at('.aws')]);
  });

  test.each([
    [
      'full',
      () => {
        writeFileSync(at(), `${bytes()}# ${'x'.repeat(20_000)}\n`);
        try {
          writeFileSync(at('.aws/filler'), 'x'.repeat(100_000));
        } catch {
          // The disk is full now, which is what was wanted.
        }
      },
      /no space|full/i,
    ],
    ['read-only', () => execFileSync('mount', ['-o', 'remount,ro', at('.aws')]), /read-only/i],
  ] as const)('%s: the file is as it was, and it says what to do', async (_, spoil, reason) => {
    mountSmall();
    spoil();
    const before = bytes();
    const names = readdirSync(at('.aws'));
    const ended = await write();
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(reason);
    expect(ended.stderr).toContain(at());
    expect(ended.stderr).toMatch(/credential-process/);
    expect(bytes()).toBe(before);
    expect(readdirSync(at('.aws'))).toEqual(names);
  });
});

const BOUND = 'mount --bind "$0" "$0"';
const AS_NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

interface Rig {
  readonly what: string;
  /** Makes it, and gives the words under which the program is in it. */
  readonly make: () => readonly string[];
  readonly undo?: () => void;
  readonly reason: RegExp;
  readonly advice: RegExp;
  /** 3 for what cannot be read, 1 for what cannot be written. */
  readonly status: number;
}

/** Whether this file system has files that not even root may change. */
function canBeImmutable(): boolean {
  const probe = join(tmpdir(), `assume-immutable-${String(process.pid)}`);
  writeFileSync(probe, '');
  const [set, unset] = ['+i', '-i'].map((flag) => spawnSync('chattr', [flag, probe]).status);
  rmSync(probe);
  return set === 0 && unset === 0;
}

const ELSEWHERE = /AWS_SHARED_CREDENTIALS_FILE/;
const RIGS: readonly Rig[] = [
  {
    what: 'is a mount of its own, as in a container',
    make: () => underOwnMounts(BOUND, at()) ?? [],
    reason: /resource busy or locked \(EBUSY\)/,
    advice: ELSEWHERE,
    status: 1,
  },
  {
    what: 'is immutable',
    make: () => {
      execFileSync('chattr', ['+i', at()]);
      return [];
    },
    undo: () => execFileSync('chattr', ['-i', at()]),
    reason: /operation not permitted \(EPERM\)/,
    advice: ELSEWHERE,
    status: 1,
  },
  {
    what: 'belongs to another user',
    make: () => {
      chownSync(at(), 5010, 5010);
      return [];
    },
    reason: /it belongs to another user \(uid 5010\)/,
    advice: ELSEWHERE,
    status: 1,
  },
  {
    what: 'may not be read',
    make: () => {
      for (const path of ['', ...readTree(practice.home.path).keys()])
        lchownSync(at(path), 65_534, 65_534);
      chmodSync(at(), 0);
      return AS_NOBODY;
    },
    reason: /permission denied \(EACCES\)/,
    advice: /ls -ld/,
    status: 3,
  },
];

const isPossible = ({ what }: Rig): boolean => what !== 'is immutable' || canBeImmutable();

describe.skipIf(!isRoot)('assume write, into a file that will not be replaced (as root)', () => {
  test.each(RIGS.filter(isPossible))(
    'because it $what: says so and what to do, and leaves it',
    async ({ make, undo, reason, advice, status }) => {
      const before = bytes();
      const names = readdirSync(at('.aws'));
      const under = make();
      try {
        const ended = await practice.run(['write', 'prod-role'], { under });
        expect([ended.status, ended.stdout]).toEqual([status, '']);
        expect(ended.stderr).toContain(at());
        expect(ended.stderr).toMatch(reason);
        expect(ended.stderr).toMatch(advice);
      } finally {
        undo?.();
      }
      expect(bytes()).toBe(before);
      expect(readdirSync(at('.aws'))).toEqual(names);
    },
  );
});

it('names the file that it cannot edit, and the line', async () => {
  const practice = await usePractice();
  const path = join(practice.home.path, '.aws/credentials');

  practice.write('.aws/credentials', `  [y]\n${readFileSync(path, 'utf8')}`);
  const { status, stderr } = await practice.run(['write', 'dev']);
  expect([status, stderr]).toMatchObject([
    3,
    expect.stringContaining(`cannot edit ${path}: line 1 is an indented section header\n`),
  ]);
});
