import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findLeaks } from '../support/find-leaks.js';
import { ASSUME, type Practice, RUNTIME } from '../support/practice.js';
import { findTerminal, openTerminal } from '../support/pty.js';
import { readTree } from '../support/read-tree.js';
import { findTool } from '../support/tools.js';
import { useKept } from '../support/use-kept.js';
import { printed, usePractice, withCode } from '../support/use-practice.js';

const ARGV = ['credential-process', 'prod-role'];
const GOOD = 'correct horse battery';
const INI = '.config/assume/assume.ini';

/** A practice whose store a passphrase opens, with a session and a role in it. */
async function withPassphrase() {
  const practice = await usePractice();
  practice.write(INI, '[settings]\nstore = passphrase\n');
  const path = practice.write('phrase', `${GOOD}\n`);
  chmodSync(path, 0o600);
  const env = { ASSUME_PASSPHRASE_FILE: path };
  const first = await practice.run(ARGV, { env: { ...env, ...withCode(practice).env } });
  practice.received();
  return { practice, path, env, first };
}

/** The files that the store keeps sessions in. */
function sealedFiles({ home }: Practice): string[] {
  const cache = join(home.path, '.cache/assume');
  return readdirSync(cache)
    .filter((name) => name.startsWith('sealed-'))
    .flatMap((name) => readdirSync(join(cache, name)).map((file) => join(cache, name, file)));
}

describe('a store behind a passphrase', () => {
  it('serves what is kept to whoever has it, and to nobody else', async () => {
    const { practice, path, env, first } = await withPassphrase();
    expect(first.status).toBe(0);
    expect(await practice.run(ARGV, { env })).toEqual({ ...first, stderr: '' });
    expect(practice.received()).toEqual([]);
    const before = readTree(practice.home.path, ['phrase']);
    writeFileSync(path, 'wrong horse battery\n');
    const wrong = await practice.run(ARGV, { env });
    expect(wrong).toMatchObject({ status: 8, stdout: '' });
    expect(wrong.stderr).toContain('the passphrase does not open');
    const without = await practice.run(ARGV);
    expect(without).toMatchObject({ status: 8, stdout: '' });
    expect(without.stderr).toContain('there is no terminal');
    expect(practice.received()).toEqual([]);
    expect(readTree(practice.home.path, ['phrase'])).toEqual(before);
  });

  it('leaves no secret in clear in the home and in memory', async () => {
    const { practice, first } = await withPassphrase();
    const { SecretAccessKey, SessionToken = '' } = printed(first);
    const markers = [
      { name: "the role's secret", secret: SecretAccessKey },
      { name: "the role's token", secret: SessionToken },
    ];
    const trees = [readTree(practice.home.path), readTree(join(practice.home.path, 'run'))];
    const texts = trees.flatMap((tree) =>
      [...tree].map(([path, { content }]) => [path, content ?? ''] as const),
    );
    expect(findLeaks(markers, new Map(texts))).toEqual([]);
    expect(sealedFiles(practice)).toHaveLength(2);
  });

  it('that is tampered with is a miss with a warning: never a wrong credential', async () => {
    const { practice, env } = await withPassphrase();
    const [role = ''] = sealedFiles(practice).filter((path) => path.includes('/role-'));
    const [session = ''] = sealedFiles(practice).filter((path) => path.includes('/session-'));
    writeFileSync(role, readFileSync(session));
    const swapped = await practice.run(ARGV, { env });
    expect(printed(swapped).AccessKeyId).toMatch(/^ASIA/);
    expect(swapped.stderr).toContain(`assume: ${role} was damaged or changed, and is not used\n`);
    expect(practice.received()).toEqual(['AssumeRole']);
    for (const path of sealedFiles(practice))
      writeFileSync(path, readFileSync(path).subarray(0, -20));
    const cut = await practice.run(ARGV, { env: { ...env, ...withCode(practice).env } });
    expect([0, 5]).toContain(cut.status);
    expect(cut.stderr).toContain('was damaged or changed');
  });

  it('lists, forgets and explains without the passphrase', async () => {
    const { practice } = await withPassphrase();
    const status = await practice.run(['status', '--json']);
    expect(JSON.parse(status.stdout)).toMatchObject({
      sessions: [{ kind: 'session' }, { kind: 'role' }],
      store: { name: 'passphrase' },
    });
    expect((await practice.run(['plan', 'prod-role'])).stdout).toContain('cached');
    expect((await practice.run(['doctor'])).stdout).toMatch(/ok {4}store: passphrase, /);
    expect((await practice.run(['logout'])).stderr).toContain('forgot 2 cached sessions');
    expect(sealedFiles(practice)).toEqual([]);
  });

  const isRoot = process.getuid?.() === 0 && findTool('setpriv') !== null;
  it.skipIf(!isRoot)('is closed to every other user', async () => {
    const { practice } = await withPassphrase();
    const places = ['.cache', '.local/state'].map((place) => join(practice.home.path, place));
    const listed = spawnSync('find', [...places, '-type', 'f'], { encoding: 'utf8' });
    const paths = listed.stdout.trim().split('\n');
    expect(paths.length).toBeGreaterThan(3);
    chmodSync(practice.home.path, 0o755);
    for (const path of paths) {
      const other = ['--reuid=5010', '--regid=5010', '--clear-groups', 'cat', path];
      expect(spawnSync('setpriv', other).status, path).not.toBe(0);
    }
  });
});

describe('a passphrase file that is lost', () => {
  /** A practice whose long-term key nothing opens any more. */
  async function useLost() {
    const kept = await useKept();
    expect(await kept.run(['identity', 'import', 'base'])).toMatchObject({ status: 0 });
    const state = join(kept.practice.home.path, '.local/state/assume');
    const [file = ''] = readdirSync(state).filter((name) => name.startsWith('passphrase-'));
    return { ...kept, file: join(state, file) };
  }

  it.each<[string, (file: string) => void, string]>([
    [
      'gone',
      (file) => {
        rmSync(file);
      },
      'no longer holds the key',
    ],
    [
      'damaged',
      (file) => {
        writeFileSync(file, '{"version":1}');
      },
      'is damaged',
    ],
  ])('is told by doctor and config store when it is %s', async (_, spoil, words) => {
    const { practice, run, file } = await useLost();
    expect((await run(['doctor'])).stdout).toMatch(/ok {4}store: passphrase, /);
    spoil(file);
    const told = `store: .*${words}[^]*assume config store passphrase --force`;
    expect((await practice.run(['doctor'])).stdout).toMatch(new RegExp(`wrong ${told}`));
    const shown = await practice.run(['config', 'store']);
    expect(shown.status).toBe(0);
    expect(shown.stdout).toMatch(/^passphrase, /);
    expect(shown.stderr).toMatch(new RegExp(told.replace('store: ', '')));
    expect((await run(['exec', 'dev', '--', 'true'])).status).toBe(8);
  });

  it('takes long-term keys with it, which are named, and which nobody then says are there', async () => {
    const { practice, run, file } = await useLost();
    const { id } = practice.key('jane.doe');
    rmSync(file);
    const refused = await run(['config', 'store', 'pass']);
    expect([refused.status, refused.stderr]).toMatchObject([
      8,
      expect.stringContaining(`the key ${id} of base: assume config store pass --force`),
    ]);
    const forced = await run(['config', 'store', 'passphrase', '--force']);
    expect([forced.status, forced.stderr]).toMatchObject([
      0,
      expect.stringMatching(
        new RegExp(
          `gave up ${id} of base.* at AWS.*aws iam delete-access-key --access-key-id ${id}`,
        ),
      ),
    ]);
    for (const args of [
      ['identity', 'import', 'base'],
      ['exec', 'dev', '--', 'true'],
    ]) {
      const { status, stderr } = await run(args);
      expect([status, stderr]).toMatchObject([3, expect.stringMatching(/holds no keys of base/)]);
      expect(stderr).toContain('assume identity add base');
    }
  });
});

describe.skipIf(findTerminal() === null)('a passphrase at the terminal', () => {
  function open(practice: Practice, args: readonly string[]) {
    const terminal = openTerminal(RUNTIME, [ASSUME, ...args], {
      env: practice.env,
      cwd: practice.home.path,
    });
    onTestFinished(() => terminal.close());
    return terminal;
  }

  it('is asked twice at first, hidden, and then once for every cold use', async () => {
    const practice = await usePractice();
    const move = open(practice, ['config', 'store', 'passphrase']);
    await move.waitFor("New passphrase for assume's store:");
    move.type(`${GOOD}\r`);
    await move.waitFor('The same again:');
    move.type(`${GOOD}\r`);
    expect(await move.end()).toEqual({ status: 0 });
    expect(move.text).toContain('moved 0 sessions and 0 long-term keys');
    expect(move.text).not.toContain(GOOD);
    for (let use = 0; use < 2; use++) {
      const terminal = open(practice, ['credential-process', 'dev']);
      await terminal.waitFor("Passphrase of assume's store:");
      terminal.type(`${GOOD}\r`);
      await terminal.waitFor('AccessKeyId');
      expect(await terminal.end()).toEqual({ status: 0 });
    }
    expect(practice.received()).toEqual(['AssumeRole']);
  });

  it('is remembered until logout, if the settings say so', async () => {
    const practice = await usePractice();
    practice.write(INI, '[settings]\nstore = passphrase\nremember_passphrase = yes\n');
    const first = open(practice, ['credential-process', 'dev']);
    await first.waitFor("New passphrase for assume's store:");
    first.type(`${GOOD}\r`);
    await first.waitFor('The same again:');
    first.type(`${GOOD}\r`);
    await first.waitFor('AccessKeyId');
    await first.end();
    expect((await practice.run(['credential-process', 'dev'])).status).toBe(0);
    expect(practice.received()).toEqual(['AssumeRole']);
    expect((await practice.run(['logout'])).status).toBe(0);
    expect((await practice.run(['credential-process', 'dev'])).status).toBe(8);
  });
});

const passTools = ['pass', 'gpg', 'gpg-agent'].every((tool) => findTool(tool) !== null);

describe.skipIf(!passTools)('assume config store', () => {
  /** A practice with a password store of its own. */
  async function withPass() {
    const practice = await usePractice();
    const gnupg = join(practice.home.path, '.gnupg');
    mkdirSync(gnupg, { mode: 0o700 });
    onTestFinished(() => {
      spawnSync('gpgconf', ['--kill', 'all'], { env: practice.env });
    });
    const run = (program: string, args: readonly string[]): void => {
      const { status, stderr } = spawnSync(program, args, { env: practice.env, encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
    };
    const key = [
      '--batch',
      '--passphrase',
      '',
      '--quick-generate-key',
      'jane',
      'default',
      'default',
    ];
    run('gpg', key);
    run('pass', ['init', 'jane']);
    return practice;
  }

  it('moves to pass and back to a passphrase, and asks no code in between', async () => {
    const practice = await withPass();
    const first = await practice.run(ARGV, withCode(practice));
    const before = printed(first);
    const toPass = await practice.run(['config', 'store', 'pass']);
    expect(toPass.stderr).toBe('assume: moved 2 sessions and 0 long-term keys\n');
    expect(toPass.stdout).toMatch(/^pass, .*encrypted, by a key in the password store of pass/);
    expect(readdirSync(join(practice.home.path, '.password-store/assume'))).toHaveLength(1);
    expect(existsSync(join(practice.home.path, 'run/assume/spent.key'))).toBe(true);
    expect(
      readdirSync(join(practice.home.path, 'run/assume')).filter((name) => name.endsWith('.json')),
    ).toEqual([]);
    practice.received();
    expect(printed(await practice.run(ARGV))).toEqual(before);
    const phrase = practice.write('phrase', `${GOOD}\n`);
    chmodSync(phrase, 0o600);
    const env = { ASSUME_PASSPHRASE_FILE: phrase };
    expect((await practice.run(['config', 'store', 'passphrase'], { env })).status).toBe(0);
    expect(existsSync(join(practice.home.path, '.password-store/assume'))).toBe(false);
    expect(printed(await practice.run(ARGV, { env }))).toEqual(before);
    expect(practice.received()).toEqual([]);
    const shown = await practice.run(['config', 'store', '--json']);
    expect(JSON.parse(shown.stdout)).toMatchObject({ version: 1, name: 'passphrase' });
  });

  it('says all that pass says where it was not begun', async () => {
    const practice = await usePractice();
    const { status, stderr } = await practice.run(['config', 'store', 'pass']);
    expect([status, stderr]).toMatchObject([
      8,
      expect.stringMatching(/cannot be used: .*You must run: pass init .* store\.\n/),
    ]);
  });

  it.each([
    [['config', 'store', 'safe'], 2, /there is no store safe/],
    [['config', 'path', 'x'], 2, /takes nothing more/],
    [['config', 'store', 'pass'], 3, /store = plain \(.*assume\.ini:2:9\) says another/],
  ])('refuses %j', async (args, status, words) => {
    const practice = await usePractice();
    practice.write(INI, '[settings]\nstore = plain\n');
    const ended = await practice.run(args);
    expect(ended.status).toBe(status);
    expect(ended.stderr).toMatch(words);
  });
});
