import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import { credentialsText } from '../support/practice.js';
import {
  changeEntry,
  inMinutes,
  storedEntries,
  storedEntry,
  storeDirectory,
  storedFiles,
} from '../support/stored-entries.js';
import {
  lastRequest,
  printed,
  usePractice,
  withCode,
  withFreshCode,
} from '../support/use-practice.js';

const DEV = ['credential-process', 'dev'];
const PROD = ['credential-process', 'prod-role'];

/** The fields of an entry that has lasted until now and has that much left. */
function aged(lifetime: number, left: number): object {
  const end = inMinutes(left);
  return { startedAt: inMinutes(left - lifetime), keptUntil: end, expiration: end };
}

describe('cached role credentials', () => {
  const exec = ['exec', 'dev', '--', 'true'];
  const rows: [args: string[], lifetime: number, left: number, calls: string[]][] = [
    [DEV, 60, 16, []],
    [DEV, 60, 14, ['AssumeRole']],
    [DEV, 15, 8, []],
    [DEV, 15, 7, ['AssumeRole']],
    [DEV, 60, -1, ['AssumeRole']],
    [['export', 'dev'], 60, 31, []],
    [['export', 'dev'], 60, 29, ['AssumeRole']],
    [['export', 'dev'], 40, 21, []],
    [['export', 'dev'], 40, 19, ['AssumeRole']],
    [exec, 60, 31, []],
    [exec, 60, 29, ['AssumeRole']],
    [['write', 'dev'], 60, 31, []],
    [['write', 'dev'], 60, 29, ['AssumeRole']],
  ];

  it.each(rows)('for %s: of %i minutes %i are left', async (args, lifetime, left, calls) => {
    const practice = await usePractice();
    printed(await practice.run(DEV));
    changeEntry(storedEntry(practice.home, 'role'), aged(lifetime, left));
    practice.received();
    expect((await practice.run(args)).status).toBe(0);
    expect(practice.received()).toEqual(calls);
  });

  it('are served though little is left when only a code that nobody gives would renew them', async () => {
    const practice = await usePractice();
    const answer = printed(await practice.run(PROD, withCode(practice)));
    changeEntry(storedEntry(practice.home, 'role'), aged(60, 5));
    rmSync(storedEntry(practice.home, 'session').path);
    practice.received();
    expect(printed(await practice.run(PROD)).AccessKeyId).toBe(answer.AccessKeyId);
    expect(practice.received()).toEqual([]);
    changeEntry(storedEntry(practice.home, 'role'), aged(60, 0.5));
    expect(await practice.run(PROD)).toMatchObject({ status: 5, stdout: '' });
    expect(practice.received()).toEqual([]);
  });

  it('are renewed with a code where one is given', async () => {
    const practice = await usePractice();
    printed(await practice.run(PROD, withCode(practice)));
    changeEntry(storedEntry(practice.home, 'role'), aged(60, 5));
    changeEntry(storedEntry(practice.home, 'session'), { keptUntil: inMinutes(0.5) });
    practice.received();
    printed(await practice.run(PROD, withFreshCode(practice)));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  it('are made anew by --refresh, from the session that lives', async () => {
    const practice = await usePractice();
    const before = printed(await practice.run(PROD, withCode(practice)));
    practice.received();
    const after = printed(await practice.run([...PROD, '--refresh']));
    expect(practice.received()).toEqual(['AssumeRole']);
    expect(after.AccessKeyId).not.toBe(before.AccessKeyId);
    expect(printed(await practice.run(PROD))).toEqual(after);
  });

  it('are not served by --refresh, even where nobody gives the code that it takes', async () => {
    const practice = await usePractice();
    printed(await practice.run(PROD, withCode(practice)));
    rmSync(storedEntry(practice.home, 'session').path);
    practice.received();
    expect(await practice.run([...PROD, '--refresh'])).toMatchObject({ status: 5, stdout: '' });
    expect(practice.received()).toEqual([]);
  });

  it('are neither read nor written with --no-cache', async () => {
    const practice = await usePractice();
    printed(await practice.run([...PROD, '--no-cache'], withCode(practice)));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    expect(storedFiles(practice.home).filter((name) => name.endsWith('.json'))).toEqual([]);
    printed(await practice.run(PROD, withFreshCode(practice)));
    const entries = storedEntries(practice.home, 'role');
    practice.received();
    printed(await practice.run([...PROD, '--no-cache'], withFreshCode(practice)));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    expect(storedEntries(practice.home, 'role')).toEqual(entries);
  });

  it('are not kept under cache = no, though the session is', async () => {
    const practice = await usePractice();
    practice.write('.config/assume/assume.ini', '[settings]\ncache = no\n');
    printed(await practice.run(PROD, withCode(practice)));
    printed(await practice.run(PROD));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole', 'AssumeRole']);
    expect(storedEntries(practice.home, 'role')).toEqual([]);
    expect(storedEntries(practice.home, 'session')).toHaveLength(1);
  });

  it('are not served once cache = no is written, though they were kept before', async () => {
    const practice = await usePractice();
    printed(await practice.run(DEV));
    practice.received();
    practice.write('.config/assume/assume.ini', '[settings]\ncache = no\n');
    printed(await practice.run(DEV));
    expect(practice.received()).toEqual(['AssumeRole']);
  });

  it('are not served under another access key', async () => {
    const practice = await usePractice();
    printed(await practice.run(DEV));
    practice.received();
    practice.write('.aws/credentials', credentialsText('base', practice.key('john.doe')));
    printed(await practice.run(DEV));
    expect(practice.received()).toEqual(['AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').signedBy).toBe(practice.key('john.doe').id);
  });

  it('lie in a directory and files of the owner alone, under any umask', async () => {
    const practice = await usePractice();
    const umask = process.umask(0);
    try {
      printed(await practice.run(PROD, withCode(practice)));
    } finally {
      process.umask(umask);
    }
    const directory = storeDirectory(practice.home);
    const modes = readdirSync(directory).map((name) => statSync(`${directory}/${name}`).mode);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(new Set(modes.map((mode) => mode & 0o777))).toEqual(new Set([0o600]));
  });
});

describe('an entry of the cache', () => {
  const changed =
    (changes: object) =>
    (text: string): string =>
      JSON.stringify({ ...(JSON.parse(text) as object), ...changes });

  const damaged: [what: string, spoil: (text: string) => string][] = [
    ['cut short', (text) => text.slice(0, 200)],
    ['empty', () => ''],
    ['null', () => 'null'],
    ['a list', (text) => `[${text}]`],
    ['of another version', changed({ version: 2 })],
    ['of another kind', changed({ kind: 'other' })],
    ['without a secret', changed({ secretAccessKey: '' })],
    ['with a number as its token', changed({ sessionToken: 7 })],
    ['without an expiration', changed({ expiration: null })],
    ['with a start that is no date', changed({ startedAt: 'soon' })],
    ['made under another key', changed({ madeUnder: 'AKIAOTHER' })],
    ['kept under another name', changed({ name: 'role-0' })],
  ];

  it.each(damaged)('counts as none: %s', async (_what, spoil) => {
    const practice = await usePractice();
    printed(await practice.run(DEV));
    const { path } = storedEntry(practice.home, 'role');
    writeFileSync(path, spoil(readFileSync(path, 'utf8')));
    practice.received();
    printed(await practice.run(DEV));
    expect(practice.received()).toEqual(['AssumeRole']);
    printed(await practice.run(DEV));
    expect(practice.received()).toEqual([]);
  });

  it.each([0o640, 0o604, 0o602, 0o620])('counts as none with mode %o', async (mode) => {
    const practice = await usePractice();
    printed(await practice.run(DEV));
    chmodSync(storedEntry(practice.home, 'role').path, mode);
    practice.received();
    printed(await practice.run(DEV));
    expect(practice.received()).toEqual(['AssumeRole']);
  });

  it('counts as none when a directory lies in its place, which is told', async () => {
    const practice = await usePractice();
    printed(await practice.run(DEV));
    const { path } = storedEntry(practice.home, 'role');
    rmSync(path);
    mkdirSync(path);
    practice.received();
    const ended = await practice.run(DEV);
    printed(ended);
    expect(practice.received()).toEqual(['AssumeRole']);
    expect(ended.stderr).toMatch(/could not keep the role/);
  });

  it('counts as none when it is a session that others can read', async () => {
    const practice = await usePractice();
    printed(await practice.run(PROD, withCode(practice)));
    chmodSync(storedEntry(practice.home, 'session').path, 0o644);
    practice.received();
    const { status } = await practice.run(['credential-process', 'prod-readonly']);
    expect([status, practice.received()]).toEqual([5, []]);
  });

  it('does not answer for another role that it was copied to', async () => {
    const practice = await usePractice();
    printed(await practice.run(PROD, withCode(practice)));
    const production = storedEntry(practice.home, 'role').path;
    printed(await practice.run(DEV));
    const other = storedEntries(practice.home, 'role').find(({ path }) => path !== production);
    copyFileSync(other?.path ?? '', production);
    const answer = printed(await practice.run(PROD));
    expect(answer.AccountId).toBe('444444444444');
  });
});

describe('an MFA session', () => {
  it('is kept for four hours at most, and for a code no longer than AWS lets it live', async () => {
    const practice = await usePractice();
    printed(await practice.run(PROD, withCode(practice)));
    const { value } = storedEntry(practice.home, 'session');
    const hours = (from: unknown, to: unknown): number =>
      (Date.parse(String(to)) - Date.parse(String(from))) / 3_600_000;
    expect(hours(value['startedAt'], value['keptUntil'])).toBeCloseTo(4, 2);
    expect(hours(value['startedAt'], value['expiration'])).toBeCloseTo(12, 2);
  });

  it('lasts as long as session_duration says', async () => {
    const practice = await usePractice();
    practice.write('.config/assume/assume.ini', '[settings]\nsession_duration = 36h\n');
    printed(await practice.run(PROD, withCode(practice)));
    expect(lastRequest(practice, 'GetSessionToken').parameters['DurationSeconds']).toBe('129600');
  });

  it('needs a new code once it has ended', async () => {
    const practice = await usePractice();
    printed(await practice.run(PROD, withCode(practice)));
    changeEntry(storedEntry(practice.home, 'session'), { keptUntil: inMinutes(0.5) });
    practice.received();
    const other = ['credential-process', 'prod-readonly'];
    expect(await practice.run(other)).toMatchObject({ status: 5, stdout: '' });
    printed(await practice.run(other, withFreshCode(practice)));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });
});
