import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findLeaks } from '../support/find-leaks.js';
import { ASSUME, type Ended, type Practice, RUNTIME } from '../support/practice.js';
import { findTerminal, openTerminal } from '../support/pty.js';
import { readTree } from '../support/read-tree.js';
import { printed, usePractice, withFreshCode } from '../support/use-practice.js';

interface Kept {
  readonly practice: Practice;
  readonly env: Readonly<Record<string, string>>;
  readonly run: (args: readonly string[], input?: string, more?: object) => Promise<Ended>;
}

/** A practice without files of AWS's, and a passphrase for a store. */
async function useStore(): Promise<Kept> {
  const practice = await usePractice();
  practice.write('.aws/credentials', '');
  practice.write('.aws/config', '');
  const phrase = practice.write('phrase', 'correct horse battery\n');
  chmodSync(phrase, 0o600);
  const env = { ASSUME_PASSPHRASE_FILE: phrase };
  const run: Kept['run'] = (args, input = '', more = {}) =>
    practice.run(args, { env: { ...env, ...more }, input });
  return { practice, env, run };
}

const ini = ({ home }: Practice): string => {
  const path = join(home.path, '.config/assume/assume.ini');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};
/** Where below HOME any of the secrets stands in clear. */
const leaksIn = ({ home }: Practice, secrets: readonly string[]): string[] => {
  const files = [...readTree(home.path)].map(
    ([path, { content }]) => [path, content ?? ''] as const,
  );
  const markers = secrets.map((secret, index) => ({ name: `secret ${String(index)}`, secret }));
  return findLeaks(markers, new Map(files));
};

const ADD = ['identity', 'add', 'shared', '--key', '-'];
const asJson = ({ id, secret }: { id: string; secret: string }): string =>
  JSON.stringify({ AccessKey: { AccessKeyId: id, SecretAccessKey: secret } }, null, 4);

describe('assume identity add', () => {
  it.each([
    ["the AWS CLI's JSON", asJson],
    ['two lines', ({ id, secret }: { id: string; secret: string }) => `${id}\n${secret}\n`],
    [
      "the console's CSV",
      ({ id, secret }: { id: string; secret: string }) =>
        `\ufeffAccess key ID,Secret access key\r\n${id},${secret}\r\n`,
    ],
  ])('takes %s, and writes whose the keys are', async (_, format) => {
    const { practice, run } = await useStore();
    const before = '# mine\n[settings]\nprompt_variable = no\n';
    practice.write('.config/assume/assume.ini', before);
    const { id, secret } = practice.key('jane.doe');
    const { status, stderr } = await run(ADD, format({ id, secret }));
    expect([status, stderr]).toMatchObject([0, expect.stringContaining(`with ${id} in the store`)]);
    expect(ini(practice)).toBe(
      `${before}\n[identity shared]\naccount_id = 111111111111\nuser_name = jane.doe\ncredentials = keychain\nmfa_serial = ${practice.serial('jane.doe')}\n`,
    );
    expect(practice.received()).toEqual(['GetCallerIdentity', 'ListMFADevices', 'ListAccessKeys']);
    expect(leaksIn(practice, [secret])).toEqual([]);
    const listed = await practice.run(['identity', 'list']);
    expect(listed.stdout).toContain(
      `shared  keychain:shared (passphrase)  ${id}  111111111111 jane.doe  0 days`,
    );
  });

  it('gives keys from which every role is reached', async () => {
    const { practice, run } = await useStore();
    await run(ADD, asJson(practice.key('jane.doe')));
    practice.received();
    const target = '444444444444/prod-role';
    printed(await run(['credential-process', target], '', withFreshCode(practice).env));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  it('keeps nothing of keys that AWS does not know', async () => {
    const { practice, run } = await useStore();
    const { id } = practice.key('jane.doe');
    const wrong = { id, secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
    expect(await run(ADD, asJson(wrong))).toMatchObject({ status: 6 });
    expect(ini(practice)).toBe('');
    expect((await run(['identity', 'list'])).stdout).toBe('');
  });

  it('refuses keys of another account than the section says', async () => {
    const { practice, run } = await useStore();
    practice.write('.config/assume/assume.ini', '[identity shared]\naccount_id = 999999999999\n');
    const { status, stderr } = await run(ADD, asJson(practice.key('jane.doe')));
    expect([status, stderr]).toMatchObject([
      6,
      expect.stringContaining('belong to account 111111111111, not to 999999999999'),
    ]);
  });

  it('does not overwrite another key unasked', async () => {
    const { practice, run } = await useStore();
    await run(ADD, asJson(practice.key('jane.doe')));
    const other = asJson(practice.key('john.doe'));
    const { status, stderr } = await run(ADD, other);
    expect([status, stderr]).toMatchObject([
      1,
      expect.stringContaining(`another key of shared: ${practice.key('jane.doe').id}`),
    ]);
    practice.write('.config/assume/assume.ini', '[identity shared]\ncredentials = keychain\n');
    expect(await run([...ADD, '--force'], other)).toMatchObject({ status: 0 });
  });

  it.each([
    ['AKIAIOSFODNN7EXAMPLE\n', /no secret access key/],
    ['ASIAIOSFODNN7EXAMPLE\nwJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n', /is temporary/],
    ['nonsense', /no access key ID/],
  ])('takes no %j', async (input, problem) => {
    const { practice, run } = await useStore();
    const { status, stderr } = await run(ADD, input);
    expect([status, stderr]).toMatchObject([2, expect.stringMatching(problem)]);
    expect(practice.received()).toEqual([]);
  });

  it('asks for nothing where no store encrypts', async () => {
    const { practice } = await useStore();
    practice.write('.config/assume/assume.ini', '[settings]\nstore = plain\n');
    const input = asJson(practice.key('jane.doe'));
    const { status, stderr } = await practice.run(ADD, { input });
    expect([status, stderr]).toMatchObject([8, expect.stringContaining('never kept in clear')]);
    expect(practice.received()).toEqual([]);
  });

  it.skipIf(findTerminal() === null)('asks in a terminal, the secret hidden', async () => {
    const { practice, env } = await useStore();
    const { id, secret } = practice.key('jane.doe');
    const words = [ASSUME, 'identity', 'add', 'shared'];
    const options = { env: { ...practice.env, ...env }, cwd: practice.home.path };
    const terminal = openTerminal(RUNTIME, words, options);
    try {
      await terminal.waitFor('Access key ID:');
      terminal.type(`${id}\r`);
      await terminal.waitFor('Secret access key:');
      terminal.type(`${secret}\r`);
      expect(await terminal.end()).toEqual({ status: 0 });
      expect(terminal.text).not.toContain(secret);
    } finally {
      await terminal.close();
    }
  });
});

describe('assume identity rotate, of keys in the store', () => {
  it('replaces them there, and nothing rests in clear', async () => {
    const { practice, run } = await useStore();
    await run(ADD, asJson(practice.key('jane.doe')));
    await run(['login', 'shared'], '', withFreshCode(practice).env);
    const done = await run(['identity', 'rotate', 'shared'], '', withFreshCode(practice).env);
    expect(done).toMatchObject({ status: 0 });
    const [old, made] = practice.user('jane.doe').accessKeys;
    expect([old?.isActive, made?.isActive]).toEqual([false, true]);
    const listed = await practice.run(['identity', 'list']);
    expect(listed.stdout).toContain(`shared  keychain:shared (passphrase)  ${made?.id ?? ''}`);
    expect(leaksIn(practice, [old?.secret ?? '', made?.secret ?? ''])).toEqual([]);
    practice.received();
    printed(await run(['credential-process', '444444444444/prod-role']));
    expect(practice.received()).toEqual(['AssumeRole']);
  });

  it('goes on at the next run when a code was wanting', async () => {
    const { practice, run } = await useStore();
    await run(ADD, asJson(practice.key('jane.doe')));
    await run(['login', 'shared'], '', withFreshCode(practice).env);
    expect(await run(['identity', 'rotate', 'shared'])).toMatchObject({ status: 5 });
    const done = await run(['identity', 'rotate', 'shared'], '', withFreshCode(practice).env);
    expect([done.status, practice.user('jane.doe').accessKeys.length]).toEqual([0, 2]);
  });
});

describe('assume identity remove', () => {
  it('forgets keys, sessions and section, and says what lives on', async () => {
    const { practice, run } = await useStore();
    const { id } = practice.key('jane.doe');
    await run(ADD, asJson(practice.key('jane.doe')));
    await run(['login', 'shared'], '', withFreshCode(practice).env);
    const refused = await run(['identity', 'remove', 'shared']);
    expect([refused.status, refused.stderr]).toMatchObject([
      2,
      expect.stringContaining(`the store has the only copy of ${id} here`),
    ]);
    const { status, stderr } = await run(['identity', 'remove', 'shared', '--force']);
    expect([status, stderr]).toEqual([
      0,
      `assume: forgot shared; ${id} lives on at AWS until you delete it there\n`,
    ]);
    expect(ini(practice)).toBe('');
    expect((await run(['status', '--json'])).stdout).toContain('"sessions": []');
    expect((await run(['identity', 'list', '--json'])).stdout).toContain('"identities": []');
  });

  it('keeps one that something else names', async () => {
    const { practice, run } = await useStore();
    await run(ADD, asJson(practice.key('jane.doe')));
    practice.write('.config/assume/assume.ini', `${ini(practice)}[settings]\nidentity = shared\n`);
    const { status, stderr } = await run(['identity', 'remove', 'shared', '--force']);
    expect([status, stderr]).toMatchObject([1, expect.stringContaining('is still named by')]);
  });
});
