import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccessKey } from '../../src/sandbox/world.js';
import {
  ASSUME,
  credentialsText,
  type Ended,
  type Practice,
  RUNTIME,
} from '../support/practice.js';
import { findTerminal, openTerminal } from '../support/pty.js';
import { ageRotations, notedRotations, writeRotation } from '../support/rotations.js';
import { storedEntries } from '../support/stored-entries.js';
import {
  lastRequest,
  printed,
  usePractice,
  withCode,
  withFreshCode,
} from '../support/use-practice.js';

const ROTATE = ['identity', 'rotate', 'base'];

/** A practice in which jane.doe has an MFA session: her policies demand MFA of whoever changes keys. */
async function useLogin(): Promise<Practice> {
  const practice = await usePractice();
  expect(await practice.run(['login', 'base'], withCode(practice))).toMatchObject({ status: 0 });
  practice.received();
  return practice;
}

const keysOf = (practice: Practice): AccessKey[] => practice.user('jane.doe').accessKeys;
const states = (practice: Practice): string[] =>
  keysOf(practice).map(({ id, isActive }) => `${id} ${isActive ? 'active' : 'inactive'}`);
const credentials = ({ home }: Practice): string =>
  readFileSync(join(home.path, '.aws/credentials'), 'utf8');
const rotate = (practice: Practice, ...more: string[]): Promise<Ended> =>
  practice.run([...ROTATE, ...more], withFreshCode(practice));

/** Without the line on the practice's endpoint. */
const told = (stderr: string): string => stderr.replace(/^assume: using endpoint .*\n/gm, '');

describe('assume identity rotate', () => {
  it('proves a new key with MFA before it deactivates the old one', async () => {
    const practice = await useLogin();
    const [old] = keysOf(practice);
    const { status, stdout, stderr } = await rotate(practice);
    const [, made] = keysOf(practice);
    expect([status, stdout]).toEqual([0, '']);
    expect(practice.received()).toEqual([
      'ListAccessKeys',
      'CreateAccessKey',
      ...['GetCallerIdentity', 'GetCallerIdentity', 'GetCallerIdentity'],
      'GetSessionToken',
      'ListAccessKeys',
      'UpdateAccessKey',
    ]);
    expect(lastRequest(practice, 'GetSessionToken').signedBy).toBe(made?.id);
    expect(states(practice)).toEqual([`${old?.id ?? ''} inactive`, `${made?.id ?? ''} active`]);
    expect(credentials(practice)).toBe(made ? credentialsText('base', made) : '');
    expect(told(stderr)).toBe(
      [
        `assume: made the key ${made?.id ?? ''}, and keep it in profile base of ${practice.home.path}/.aws/credentials`,
        `assume: ${made?.id ?? ''} works, and is in use: profile base of ${practice.home.path}/.aws/credentials`,
        `assume: deactivated ${old?.id ?? ''}; it is deleted at your next use a day from now, or at once by: assume identity rotate base --delete\n`,
      ].join('\n'),
    );
    expect(stderr).not.toContain(made?.secret);
  });

  it('drops the sessions of the old key, and the code of the new one serves every role', async () => {
    const practice = await useLogin();
    printed(await practice.run(['credential-process', 'prod-role']));
    await rotate(practice);
    const [, made] = keysOf(practice);
    const entries = (['session', 'role'] as const).flatMap((kind) =>
      storedEntries(practice.home, kind),
    );
    expect(entries.map(({ value }) => value['madeUnder'])).toEqual([made?.id]);
    practice.received();
    printed(await practice.run(['credential-process', 'prod-role']));
    expect(practice.received()).toEqual(['AssumeRole']);
  });

  it('keeps asking while AWS does not know the new key', async () => {
    const practice = await useLogin();
    practice.aws.world.newKeyDelay = { seconds: 0, requests: 3 };
    expect(await rotate(practice)).toMatchObject({ status: 0 });
    const asked = practice.received().filter((action) => action === 'GetCallerIdentity');
    expect(asked).toHaveLength(6);
  });

  it('leaves every other byte of the file, and gives each profile of the same key the new one', async () => {
    const practice = await useLogin();
    const { id, secret } = practice.key('jane.doe');
    const file = (key: { id: string; secret: string }): string =>
      `# mine\r\n[base] ; the first\r\naws_secret_access_key=${key.secret}\r\nregion = eu-west-1\r\naws_access_key_id  = ${key.id}\r\n\r\n\
[other]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\
[twin]\naws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secret}
`;
    practice.write('.aws/credentials', file({ id, secret }));
    expect(await rotate(practice)).toMatchObject({ status: 0 });
    const [, made] = keysOf(practice);
    const said = (text: string): string => text.replace(/ *= */g, '=');
    expect(said(credentials(practice))).toBe(said(file(made ?? { id: '', secret: '' })));
  });

  it('works on keys of the config file, and with no device at all', async () => {
    const practice = await usePractice();
    const user = practice.user('jane.doe');
    user.mfaDevices = [];
    user.policies = [ALL];
    const key = credentialsText('base', practice.key('jane.doe')).replace(
      '[base]',
      '[profile base]',
    );
    practice.write('.aws/config', key);
    practice.write('.aws/credentials', '');
    expect(await practice.run(ROTATE)).toMatchObject({ status: 0 });
    const [, made] = keysOf(practice);
    const config = readFileSync(join(practice.home.path, '.aws/config'), 'utf8');
    expect(config).toBe(
      made ? credentialsText('base', made).replace('[base]', '[profile base]') : '',
    );
    expect(practice.received()).not.toContain('GetSessionToken');
  });
});

const ALL = {
  name: 'all',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

describe('the old key', () => {
  it('is deleted at once with --delete', async () => {
    const practice = await useLogin();
    const [old] = keysOf(practice);
    const { stderr } = await rotate(practice, '--delete');
    expect(stderr).toContain(`assume: deleted the old key ${old?.id ?? ''}\n`);
    expect([keysOf(practice).length, notedRotations(practice)]).toEqual([1, []]);
  });

  it('is deleted by --delete afterwards, and nothing is rotated', async () => {
    const practice = await useLogin();
    await rotate(practice);
    const [, made] = keysOf(practice);
    expect(await practice.run([...ROTATE, '--delete'])).toMatchObject({ status: 0 });
    expect([states(practice), notedRotations(practice)]).toEqual([
      [`${made?.id ?? ''} active`],
      [],
    ]);
  });

  it('is deleted at the next use a day later, by one process', async () => {
    const practice = await useLogin();
    await rotate(practice);
    const [old, made] = keysOf(practice);
    ageRotations(practice, 23);
    printed(await practice.run(['credential-process', 'dev']));
    expect(keysOf(practice)).toHaveLength(2);
    ageRotations(practice, 1);
    const runs = ['prod-role', 'prod-readonly'].map((name) =>
      practice.run(['credential-process', name]),
    );
    const said = (await Promise.all(runs)).map(({ stderr }) => told(stderr)).join('');
    expect(said).toBe(`assume: deleted the old key ${old?.id ?? ''}\n`);
    expect(states(practice)).toEqual([`${made?.id ?? ''} active`]);
  });

  it.each([
    ['was made active again', (key: AccessKey) => void (key.isActive = true)],
    ['was deleted already', null],
  ])('is left alone when it %s', async (what, change) => {
    const practice = await useLogin();
    await rotate(practice);
    const [old] = keysOf(practice);
    if (old) change?.(old);
    if (!change) keysOf(practice).shift();
    ageRotations(practice, 25);
    const { stderr } = await practice.run(['credential-process', 'dev']);
    expect(stderr).toContain(`the old key ${old?.id ?? ''} ${what}`);
    expect(practice.received()).not.toContain('DeleteAccessKey');
    expect(notedRotations(practice)).toEqual([]);
  });

  it('stays where a policy forbids to delete it, which is told once a day', async () => {
    const practice = await useLogin();
    await rotate(practice);
    practice.user('jane.doe').policies.push({
      name: 'keep',
      document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'iam:DeleteAccessKey', Resource: '*' }],
      },
    });
    ageRotations(practice, 25);
    const first = await practice.run(['credential-process', 'dev']);
    expect([first.status, first.stderr]).toMatchObject([
      0,
      expect.stringContaining('could not delete the old key'),
    ]);
    const second = await practice.run(['credential-process', 'prod-role']);
    expect([second.status, told(second.stderr)]).toEqual([0, '']);
  });
});

describe('a rotation that cannot be done', () => {
  it('goes on at the next run when a code was wanting', async () => {
    const practice = await useLogin();
    const halted = await practice.run(ROTATE);
    const [old, made] = keysOf(practice);
    expect([halted.status, halted.stderr]).toMatchObject([
      5,
      expect.stringContaining(`the new key ${made?.id ?? ''} is kept`),
    ]);
    expect(credentials(practice)).toContain(old?.id);
    printed(await practice.run(['credential-process', 'dev']));
    const done = await rotate(practice);
    expect([done.status, states(practice)]).toEqual([
      0,
      [`${old?.id ?? ''} inactive`, `${made?.id ?? ''} active`],
    ]);
    expect(credentials(practice)).toBe(made ? credentialsText('base', made) : '');
  });

  it('makes no key where AWS refuses, and notes nothing', async () => {
    const practice = await useLogin();
    practice.user('jane.doe').policies.shift();
    expect(await rotate(practice)).toMatchObject({ status: 6 });
    expect([keysOf(practice).length, notedRotations(practice)]).toEqual([1, []]);
  });

  it('makes no key where the file cannot be written', async () => {
    const practice = await useLogin();
    const directory = join(practice.home.path, '.aws');
    chmodSync(directory, 0o500);
    try {
      if (process.getuid?.() === 0) return;
      expect(await rotate(practice)).not.toMatchObject({ status: 0 });
      expect([keysOf(practice).length, practice.received()]).toEqual([1, []]);
    } finally {
      chmodSync(directory, 0o700);
    }
  });

  it('takes away a key whose secret nobody got, at the next run', async () => {
    const practice = await useLogin();
    practice.aws.faults.push({ kind: 'disconnected', action: 'CreateAccessKey', times: 1 });
    expect(await rotate(practice)).toMatchObject({ status: 7 });
    const [old, orphan] = keysOf(practice);
    const { status, stderr } = await rotate(practice);
    expect([status, stderr]).toMatchObject([
      0,
      expect.stringContaining(
        `deleted ${orphan?.id ?? ''}, which an interrupted rotation had made`,
      ),
    ]);
    expect(states(practice)).toEqual([
      `${old?.id ?? ''} inactive`,
      expect.stringMatching(/ active$/),
    ]);
  });

  it('never takes the key in use for one that nobody has', async () => {
    const practice = await useLogin();
    const { id } = practice.key('jane.doe');
    const note = {
      version: 1,
      phase: 'creating',
      oldKeyId: 'AKIAIOSFODNN7EXAMPLE',
      at: new Date(),
    };
    writeRotation(practice, 'profile:base', note);
    practice.key('jane.doe').created = new Date();
    practice.aws.world.lastUseDelaySeconds = 4 * 3600;
    await rotate(practice);
    expect(practice.received()).not.toContain('DeleteAccessKey');
    expect(states(practice)).toEqual([`${id} inactive`, expect.stringMatching(/ active$/)]);
  });

  it('is refused for credentials that are no long-term keys', async () => {
    const practice = await usePractice();
    practice.write(
      '.aws/credentials',
      `${credentialsText('base', practice.key('jane.doe'))}aws_session_token = EXAMPLETOKEN\n`,
    );
    const { status, stderr } = await practice.run(ROTATE);
    expect([status, stderr]).toMatchObject([6, expect.stringContaining('temporary credentials')]);
  });
});

describe('at two keys', () => {
  async function useTwoKeys(): Promise<Practice> {
    const practice = await useLogin();
    const id = 'AKIAIOSFODNN7EXAMPLE';
    const created = new Date('2024-01-02T03:04:05Z');
    keysOf(practice).push({ id, secret: 'example', isActive: true, created });
    return practice;
  }

  it('says what the other one is, and changes nothing', async () => {
    const practice = await useTwoKeys();
    const { status, stderr } = await rotate(practice);
    expect([status, told(stderr)]).toEqual([
      1,
      'assume: base has two access keys, the most that AWS allows; the other one is AKIAIOSFODNN7EXAMPLE, active, made 2024-01-02, never used\n' +
        '  if nothing needs it: aws iam delete-access-key --access-key-id AKIAIOSFODNN7EXAMPLE; or run this in a terminal, which offers it\n',
    ]);
    expect(keysOf(practice)).toHaveLength(2);
  });

  it.skipIf(findTerminal() === null)('offers in a terminal to delete it', async () => {
    const practice = await useTwoKeys();
    for (const [keys, status] of [
      ['\r', 130],
      ['yes\r', 0],
    ] as const) {
      const { env } = withFreshCode(practice);
      const options = { env: { ...practice.env, ...env }, cwd: practice.home.path };
      const terminal = openTerminal(RUNTIME, [ASSUME, ...ROTATE], options);
      try {
        await terminal.waitFor('Delete the other key?');
        terminal.type(keys);
        expect(await terminal.end()).toEqual({ status });
      } finally {
        await terminal.close();
      }
    }
    expect(states(practice)).toMatchObject([
      expect.stringMatching(/ inactive$/),
      expect.stringMatching(/ active$/),
    ]);
    expect(states(practice).join()).not.toContain('AKIAIOSFODNN7EXAMPLE');
  });
});
