import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FULL, READ_ONLY, SHARED_MEMORY_ON_DISK, underOwnMounts } from '../support/own-mounts.js';
import type { Ended, Practice, RunOptions } from '../support/practice.js';
import { readTree } from '../support/read-tree.js';
import { findTool } from '../support/tools.js';
import { useKept } from '../support/use-kept.js';
import { usePractice, withCode } from '../support/use-practice.js';

const SETPRIV = process.getuid?.() === 0 ? findTool('setpriv') : null;
const NOBODY = 65_534;
const AS_NOBODY = [
  SETPRIV ?? '',
  `--reuid=${String(NOBODY)}`,
  `--regid=${String(NOBODY)}`,
  '--clear-groups',
];
const CAN_MOUNT = underOwnMounts('true', '') !== null;

const NO_XDG = { XDG_STATE_HOME: undefined, XDG_CACHE_HOME: undefined, XDG_RUNTIME_DIR: undefined };
const everyDirectory = (path: string): Record<string, string> => ({
  XDG_STATE_HOME: path,
  XDG_CACHE_HOME: path,
  XDG_RUNTIME_DIR: path,
});

interface Trouble {
  readonly what: string;
  /** Makes it, and gives what a run in it needs. */
  readonly make: (practice: Practice, disk: string) => RunOptions;
  /** What is said of it, once at least. */
  readonly warning: RegExp;
  /** Whether a session is kept all the same. */
  readonly isKept?: boolean;
  readonly canBeMade?: boolean;
}

/** Nothing lives in memory, and no session of the machine's own user is touched. */
const onDisk = (disk: string): string[] => underOwnMounts(SHARED_MEMORY_ON_DISK, disk) ?? [];
const NO_ROOM =
  /^assume: sessions are not kept: cannot write in .*\/assume: no space left on device \(ENOSPC\)$/m;
const NOT_KEPT = /^assume: sessions are not kept: no directory here lives in memory/m;

/** A directory of the home, made if need be. */
function place({ home }: Practice, name: string): string {
  const path = join(home.path, name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

function keepOnDisk(practice: Practice): void {
  practice.write('.config/assume/assume.ini', '[settings]\nstore = plain\n');
}

const TROUBLES: readonly Trouble[] = [
  {
    what: 'a HOME that is not set, of a user without any',
    canBeMade: CAN_MOUNT && SETPRIV !== null,
    make: ({ home }, disk) => {
      for (const path of ['', ...readTree(home.path).keys()])
        chownSync(join(home.path, path), NOBODY, NOBODY);
      return { env: { HOME: undefined, ...NO_XDG }, under: [...onDisk(disk), ...AS_NOBODY] };
    },
    warning: /^assume: could not remember anything between runs: cannot create the directory /m,
  },
  {
    what: 'a HOME that is relative',
    canBeMade: CAN_MOUNT,
    make: (_, disk) => ({ env: { HOME: 'here', ...NO_XDG }, under: onDisk(disk) }),
    warning: /^assume: nothing is remembered between runs: .* set HOME$/m,
  },
  {
    what: 'XDG directories that are relative',
    canBeMade: CAN_MOUNT,
    make: (_, disk) => ({
      env: { XDG_STATE_HOME: 's', XDG_CACHE_HOME: 'c', XDG_RUNTIME_DIR: 'r' },
      under: onDisk(disk),
    }),
    warning: NOT_KEPT,
  },
  {
    what: 'directories that nobody may write',
    canBeMade: CAN_MOUNT,
    make: (_, disk) => ({ env: everyDirectory('/proc/nope'), under: onDisk(disk) }),
    warning:
      /^assume: could not remember anything between runs: cannot create the directory \/proc\/nope/m,
  },
  {
    what: 'directories that are files',
    canBeMade: CAN_MOUNT,
    make: (_, disk) => ({ env: everyDirectory('/etc/passwd'), under: onDisk(disk) }),
    warning: /^assume: could not remember anything between runs: .*not a directory \(ENOTDIR\)$/m,
  },
  {
    what: 'a state directory that nobody may write',
    make: () => ({ env: { XDG_STATE_HOME: '/proc/nope' } }),
    warning: /^assume: could not remember anything between runs: /m,
    isKept: true,
  },
  {
    what: 'a HOME that is read-only, with memory beside it',
    canBeMade: CAN_MOUNT,
    make: ({ home }) => ({ under: underOwnMounts(READ_ONLY, home.path) ?? [] }),
    warning:
      /^assume: could not remember anything between runs: .*read-only file system \(EROFS\)$/m,
    isKept: true,
  },
  {
    what: 'a HOME that is read-only, and store = plain',
    canBeMade: CAN_MOUNT,
    make: (practice) => {
      keepOnDisk(practice);
      return { under: underOwnMounts(READ_ONLY, practice.home.path) ?? [] };
    },
    warning: /^assume: sessions are not kept: cannot write in .*read-only file system \(EROFS\)$/m,
  },
  {
    what: 'a cache that is full',
    canBeMade: CAN_MOUNT,
    make: (practice) => {
      keepOnDisk(practice);
      return { under: underOwnMounts(FULL, place(practice, '.cache/assume')) ?? [] };
    },
    warning: NO_ROOM,
  },
  {
    what: 'a runtime directory that is full',
    canBeMade: CAN_MOUNT,
    make: (practice) => ({ under: underOwnMounts(FULL, place(practice, 'run/assume')) ?? [] }),
    warning: NO_ROOM,
  },
  {
    what: 'a runtime directory that is read-only',
    canBeMade: CAN_MOUNT,
    make: (practice) => ({ under: underOwnMounts(READ_ONLY, place(practice, 'run/assume')) ?? [] }),
    warning:
      /^assume: sessions are not kept: cannot write in .*\/run\/assume: read-only file system \(EROFS\)$/m,
  },
  {
    what: 'a state directory that is full',
    canBeMade: CAN_MOUNT,
    make: (practice) => ({
      under: underOwnMounts(FULL, place(practice, '.local/state/assume')) ?? [],
    }),
    warning: /^assume: could not remember the MFA device: .*no space left on device \(ENOSPC\)$/m,
    isKept: true,
  },
];

const POSSIBLE = TROUBLES.filter(({ canBeMade = true }) => canBeMade);

/** Runs with the practice's AWS files, wherever HOME leads, and a code. */
async function runIn(
  { make }: Trouble,
  args: readonly string[],
): Promise<Ended & { received: string[] }> {
  const practice = await usePractice();
  const { env, under = [] } = make(practice, place(practice, 'disk'));
  const files = {
    AWS_CONFIG_FILE: join(practice.home.path, '.aws/config'),
    AWS_SHARED_CREDENTIALS_FILE: join(practice.home.path, '.aws/credentials'),
  };
  const ended = await practice.run(args, {
    env: { ...files, ...withCode(practice).env, ...env },
    under,
  });
  return { ...ended, received: practice.received() };
}

describe.each(POSSIBLE)('with $what', (trouble) => {
  it.each([
    [
      ['exec', 'prod-role', '--', 'printenv', 'ASSUME_ROLE_ARN'],
      /^arn:aws:iam::444444444444:role\/prod-role\n$/,
    ],
    [['export', 'prod-role'], /^export AWS_SESSION_TOKEN='/m],
    [['credential-process', 'prod-role'], /"SessionToken":/],
  ])('%j delivers all the same, and warns', async (args, stdout) => {
    const ended = await runIn(trouble, args);
    expect(ended).toMatchObject({ status: 0, received: ['GetSessionToken', 'AssumeRole'] });
    expect(ended.stdout).toMatch(stdout);
    expect(ended.stderr).toMatch(trouble.warning);
    expect(ended.stderr).toMatch(/^(assume: .*\n)+$/);
    const losses = ended.stderr.split('\n').filter((line) => /could not|cannot/.test(line));
    expect(losses.length).toBeLessThanOrEqual(1);
    expect(ended.stderr.includes('sessions are kept in')).toBe(trouble.isKept === true);
  });

  it('--quiet silences all but what this run lost', async () => {
    const { status, stderr } = await runIn(trouble, ['export', 'prod-role', '--quiet']);
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^(assume: (could not (keep|remember)|sessions are not kept: cannot) .*\n)?$/,
    );
    if (/could not remember the|not kept: cannot/.test(trouble.warning.source)) {
      expect(stderr).toMatch(trouble.warning);
    }
  });

  it(`login ${trouble.isKept ? 'succeeds' : 'says what to do'}`, async () => {
    const { status, stderr } = await runIn(trouble, ['login']);
    expect(status).toBe(trouble.isKept ? 0 : 1);
    expect(stderr).toMatch(
      trouble.isKept
        ? /^assume: logged in as base: MFA session with (4h|3h59m) left$/m
        : /^assume: an MFA session would be lost at once: .*\n {2}(write store = plain under \[settings\] in|See its rights and its room:) .*$/m,
    );
  });
});

it.skipIf(!CAN_MOUNT)('login spends no code on a session that would be lost at once', async () => {
  const nowhere = TROUBLES.find(({ what }) => what === 'XDG directories that are relative');
  expect(nowhere && (await runIn(nowhere, ['login'])).received).toEqual([]);
});

it.skipIf(!CAN_MOUNT)('login spends no code where a store that encrypts is full', async () => {
  const { practice, run, env } = await useKept();
  await run(['credential-process', 'dev']);
  practice.received();
  const under = underOwnMounts(FULL, place(practice, '.cache/assume')) ?? [];
  const { status, stderr } = await practice.run(['login'], {
    env: { ...env, ...withCode(practice).env },
    under,
  });
  expect([status, stderr]).toMatchObject([
    1,
    expect.stringMatching(
      /^assume: an MFA session would be lost at once: cannot write in .*: no space left on device \(ENOSPC\)\n {2}See its rights and its room: /m,
    ),
  ]);
  expect(practice.received()).toEqual([]);
});

it.skipIf(SETPRIV === null || !CAN_MOUNT)('a HOME of another user stops no switch', async () => {
  const practice = await usePractice();
  const disk = place(practice, 'disk');
  // As after `sudo assume`: the directories are root's.
  await practice.run(['exec', 'dev', '--', 'true']);
  for (const path of ['', '.aws', '.aws/config', '.aws/credentials'])
    chownSync(join(practice.home.path, path), NOBODY, NOBODY);
  const ended = await practice.run(['exec', 'dev', '--', 'printenv', 'ASSUME_ROLE_ARN'], {
    under: [...onDisk(disk), ...AS_NOBODY],
  });
  expect(ended).toMatchObject({ status: 0, stdout: 'arn:aws:iam::222222222222:role/dev-role\n' });
  expect(ended.stderr).toMatch(/^assume: could not remember anything between runs: .*EACCES\)$/m);
  expect(ended.stderr).toMatch(NOT_KEPT);
});

it('--quiet says nothing where nothing is lost, and its help says what it leaves', async () => {
  const practice = await usePractice();
  const ended = await practice.run(['export', 'prod-role', '--quiet'], withCode(practice));
  expect(ended).toMatchObject({ status: 0, stderr: '' });
  const help = (await practice.run(['export', '--help'])).stdout.replace(/\s+/g, ' ');
  expect(help).toContain(
    '--quiet no notices on stderr: only errors, and warnings of what was lost',
  );
});
