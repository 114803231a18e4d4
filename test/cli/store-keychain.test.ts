import { describe, expect, it } from 'vitest';
import { findLeaks } from '../support/find-leaks.js';
import { hasKeyring, useKeyring, type Keyring } from '../support/keyring.js';
import { readTree } from '../support/read-tree.js';
import { storedFiles } from '../support/stored-entries.js';
import { printed, usePractice, withCode } from '../support/use-practice.js';
import type { Practice } from '../support/practice.js';

const ARGV = ['credential-process', 'prod-role'];

interface Status {
  readonly sessions: readonly { readonly kind: string; readonly expiration: string }[];
  readonly store: { readonly name: string; readonly path: string | null; readonly reason: string };
}

async function statusOf(practice: Practice, keyring: Keyring | null): Promise<Status> {
  const { stdout } = await practice.run(['status', '--json'], { env: { ...keyring?.env } });
  return JSON.parse(stdout) as Status;
}

/** A practice whose sessions rest in a keychain that was found to work. */
async function withKeychain() {
  const practice = await usePractice();
  const keyring = await useKeyring();
  await keyring.start('unlocked');
  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    practice.run(args, { env: { ...keyring.env, ...env } });
  const first = await run(ARGV, withCode(practice).env);
  practice.received();
  return { practice, keyring, run, first };
}

describe.skipIf(!hasKeyring)('a system keychain', () => {
  it('that works is chosen, says so once, and serves what is kept', async () => {
    const { practice, keyring, run, first } = await withKeychain();
    expect(printed(first).AccessKeyId).toMatch(/^ASIA/);
    expect(first.stderr).toMatch(/sessions are kept in .*\/\.cache\/assume\/sealed-\w+, encrypted/);
    const again = await run(ARGV);
    expect(again).toEqual({ ...first, stderr: '' });
    expect(practice.received()).toEqual([]);
    const { store } = await statusOf(practice, keyring);
    expect(store).toMatchObject({ name: 'keychain' });
    expect(store.reason).toContain('it was found to work here');
  });

  it('keeps an MFA session for all of its 12 hours', async () => {
    const { practice, keyring } = await withKeychain();
    const { sessions } = await statusOf(practice, keyring);
    const [session] = sessions.filter(({ kind }) => kind === 'session');
    const hours = (Date.parse(session?.expiration ?? '') - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThanOrEqual(12);
  });

  it('leaves no secret in clear, in files closed to others', async () => {
    const { practice, first } = await withKeychain();
    const { SecretAccessKey, SessionToken = '' } = printed(first);
    const issued = practice.aws.world.accounts.flatMap(({ users }) => users);
    expect(issued.length).toBeGreaterThan(0);
    const markers = [
      { name: "the role's secret", secret: SecretAccessKey },
      { name: "the role's token", secret: SessionToken },
    ];
    const tree = readTree(practice.home.path, ['.aws']);
    const texts = new Map([...tree].map(([path, { content }]) => [path, content ?? '']));
    expect(findLeaks(markers, texts)).toEqual([]);
    const sealed = [...tree].filter(([path]) => path.includes('sealed-'));
    expect(sealed.filter(([, { kind }]) => kind === 'file').map(([, { mode }]) => mode)).toEqual([
      '0600',
      '0600',
    ]);
    expect(sealed[0]?.[1]).toMatchObject({ kind: 'directory', mode: '0700' });
    expect(storedFiles(practice.home).filter((name) => name.endsWith('.json'))).toEqual([]);
  });

  it.each<[string, (keyring: Keyring) => Promise<void>, RegExp]>([
    ['there is no bus any more', (keyring) => keyring.stop(), /no D-Bus session bus/],
    ['it is locked', (keyring) => keyring.start('locked'), /it is locked/],
  ])(
    'that worked once and does not now, as %s: exit 8, and nothing is lost',
    async (what, breakIt, why) => {
      const { practice, keyring, run, first } = await withKeychain();
      const before = readTree(practice.home.path);
      await breakIt(keyring);
      const env = what.includes('no bus') ? {} : keyring.env;
      const failed = await practice.run(ARGV, { env });
      expect(failed).toMatchObject({ status: 8, stdout: '' });
      expect(failed.stderr).toMatch(why);
      expect(failed.stderr).toContain('assume config store passphrase');
      expect(practice.received()).toEqual([]);
      expect(readTree(practice.home.path)).toEqual(before);
      const listed = await practice.run(['status'], { env });
      expect(listed.status).toBe(0);
      expect(listed.stdout).toContain('MFA session of base');
      const uncached = await practice.run(['credential-process', 'dev', '--no-cache'], { env });
      expect(uncached.status).toBe(0);
      await keyring.start('unlocked');
      expect(await run(ARGV)).toEqual({ ...first, stderr: '' });
    },
  );

  it('whose key was deleted is exit 8, and can be begun anew', async () => {
    const { practice, keyring } = await withKeychain();
    await keyring.stop();
    const other = await useKeyring();
    await other.start('unlocked');
    const failed = await practice.run(ARGV, { env: other.env });
    expect(failed.status).toBe(8);
    expect(failed.stderr).toContain('no longer holds the key');
    expect(failed.stderr).toContain('assume config store keychain --force');
    const begun = await practice.run(['config', 'store', 'keychain', '--force'], {
      env: other.env,
    });
    expect(begun.status).toBe(0);
    expect(begun.stderr).toBe('assume: moved 0 sessions and 0 long-term keys\n');
    const again = await practice.run(['credential-process', 'dev'], { env: other.env });
    expect(again).toMatchObject({ status: 0 });
    expect((await statusOf(practice, other)).store.name).toBe('keychain');
  });

  it.each<[string, (keyring: Keyring) => Promise<void> | undefined, RegExp]>([
    ['nothing answers on the bus', () => undefined, /the system keychain does not work/],
    ['has no collection', (keyring) => keyring.start('locked'), /it has no default collection/],
    [
      'is locked',
      async (keyring) => {
        await keyring.start('unlocked');
        await keyring.start('locked');
      },
      /it is locked/,
    ],
    [
      'does not answer',
      async (keyring) => {
        await keyring.start('unlocked');
        keyring.hang();
      },
      /it does(?: not|n't) answer|did not answer/,
    ],
  ])('that never worked, as it %s, is not chosen: memory is', async (_, prepare, why) => {
    const practice = await usePractice();
    const keyring = await useKeyring();
    await prepare(keyring);
    const first = await practice.run(['credential-process', 'dev'], { env: keyring.env });
    expect(first.status).toBe(0);
    expect(first.stderr).toMatch(why);
    expect(first.stderr).toContain('to encrypt: assume config store passphrase');
    expect((await statusOf(practice, keyring)).store).toMatchObject({
      name: 'plain',
      path: `${practice.home.path}/run/assume`,
    });
  });

  it('that is named in the settings and does not work is exit 8 before a code is spent', async () => {
    const practice = await usePractice();
    const keyring = await useKeyring();
    await keyring.start('locked');
    practice.write('.config/assume/assume.ini', '[settings]\nstore = keychain\n');
    const { status, stderr } = await practice.run(ARGV, {
      env: { ...keyring.env, ...withCode(practice).env },
    });
    expect(status).toBe(8);
    expect(stderr).toContain('it has no default collection');
    expect(practice.received()).toEqual([]);
  });
});
