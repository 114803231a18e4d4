import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { processJson } from '../support/machine-kinds.js';
import { issueMachineRole } from '../support/machine-role.js';
import type { Practice } from '../support/practice.js';
import { lastRequest, printed, usePractice, withCode } from '../support/use-practice.js';

type Env = Readonly<Record<string, string>>;

/** Where a profile `p` can have jane.doe's long-term keys from: its lines, and the environment. */
const PLACES: readonly [
  place: string,
  keep: (practice: Practice) => { readonly profile: string; readonly env: Env },
][] = [
  [
    'the profile itself',
    (practice) => {
      const { id, secret } = practice.key('jane.doe');
      const profile = `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
      return { profile, env: {} };
    },
  ],
  [
    'a credential process',
    (practice) => {
      const { id, secret } = practice.key('jane.doe');
      const json = { Version: 1, AccessKeyId: id, SecretAccessKey: secret };
      const keys = practice.write('keys.json', JSON.stringify(json));
      return { profile: `credential_process = cat ${keys}\n`, env: {} };
    },
  ],
  [
    'the environment',
    (practice) => {
      const { id, secret } = practice.key('jane.doe');
      const env = { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret };
      return { profile: 'credential_source = Environment\n', env };
    },
  ],
];

/** A practice whose profile `p` has those keys; a role of it takes MFA. */
async function useKeys(keep: (typeof PLACES)[number][1]) {
  const practice = await usePractice();
  const { profile, env } = keep(practice);
  practice.write('.aws/credentials', '');
  practice.write('.aws/config', `[profile p]\n${profile}`);
  const { id, secret } = practice.key('jane.doe');
  const isTold = (text: string): boolean => text.includes(id) || text.includes(secret);
  return { practice, env, id, isTold };
}

const DELIVERIES: readonly (readonly string[])[] = [
  ['export', 'p', '--format', 'json'],
  ['export', 'p', '--shell', 'sh'],
  ['exec', 'p', '--', 'env'],
  ['credential-process', 'p'],
  ['write', 'p'],
];

describe.each(PLACES)('long-term keys of %s', (_place, keep) => {
  it.each(DELIVERIES.map((args) => [args.join(' '), args] as const))(
    'are not what %s hands over',
    async (_args, args) => {
      const { practice, env, id, isTold } = await useKeys(keep);
      const ended = await practice.run(args, { env });
      expect(ended.status).toBe(0);
      expect(isTold(ended.stdout)).toBe(false);
      const written = readFileSync(join(practice.home.path, '.aws/credentials'), 'utf8');
      expect(isTold(written)).toBe(false);
      expect(practice.received()).toEqual(['GetSessionToken']);
      expect(lastRequest(practice, 'GetSessionToken')).toMatchObject({ signedBy: id });
    },
  );

  it.each<[string, string, readonly string[]]>([
    ['with no cache', '', ['--no-cache']],
    ['where MFA is never used', '[settings]\nmfa = never\n', []],
    ['where nothing is kept', '[settings]\ncache = no\n', []],
  ])('buy a plain session %s', async (_what, settings, flags) => {
    const { practice, env, isTold } = await useKeys(keep);
    practice.write('.config/assume/assume.ini', settings);
    const ended = await practice.run(['credential-process', 'p', ...flags], { env });
    expect(printed(ended).AccessKeyId).toMatch(/^ASIA/);
    expect(isTold(ended.stdout)).toBe(false);
    expect(practice.received()).toEqual(['GetSessionToken']);
    expect(lastRequest(practice, 'GetSessionToken').parameters).not.toHaveProperty('TokenCode');
  });

  it('buy an MFA session where a device is named', async () => {
    const { practice, env, isTold } = await useKeys(keep);
    const args = ['credential-process', 'p', '--mfa-serial', practice.serial('jane.doe')];
    const refused = await practice.run([...args, '--no-input'], { env });
    expect([refused.status, refused.stdout, practice.received()]).toEqual([5, '', []]);
    const ended = await practice.run(args, { env: { ...env, ...withCode(practice).env } });
    expect(isTold(printed(ended).AccessKeyId)).toBe(false);
    expect(practice.received()).toEqual(['GetSessionToken']);
    expect(lastRequest(practice, 'GetSessionToken').parameters).toHaveProperty('TokenCode');
  });

  it('are handed over by --long-term alone, and kept nowhere', async () => {
    const { practice, env, id } = await useKeys(keep);
    const args = ['credential-process', 'p'];
    expect(printed(await practice.run([...args, '--long-term'], { env })).AccessKeyId).toBe(id);
    expect(practice.received()).toEqual([]);
    expect(printed(await practice.run(args, { env })).AccessKeyId).toMatch(/^ASIA/);
    expect(practice.received()).toEqual(['GetSessionToken']);
  });

  it('are kept back also where AWS gives no session', async () => {
    const { practice, env, isTold } = await useKeys(keep);
    practice.aws.faults.push({ kind: 'unavailable', action: 'GetSessionToken', times: 9 });
    const ended = await practice.run(['export', 'p', '--format', 'json', '--debug'], { env });
    expect([ended.status, ended.stdout]).toEqual([7, '']);
    expect(isTold(ended.stderr)).toBe(false);
  });
});

describe('a process that gave temporary keys before', () => {
  /** What it gives now are long-term keys. */
  async function useTurned() {
    const { practice, id } = await useKeys(PLACES[1]?.[1] ?? expect.unreachable());
    const longTerm = readFileSync(join(practice.home.path, 'keys.json'), 'utf8');
    practice.write('keys.json', processJson(issueMachineRole(practice)));
    printed(await practice.run(['credential-process', 'p']));
    expect(practice.received()).toEqual([]);
    practice.write('keys.json', longTerm);
    return { practice, id };
  }

  it('hands over no long-term ones after them', async () => {
    const { practice, id } = await useTurned();
    const after = printed(await practice.run(['credential-process', 'p', '--refresh']));
    expect(after.AccessKeyId).not.toBe(id);
    expect(practice.received()).toEqual(['GetSessionToken']);
  });

  it('buys an MFA session with them for a role that wants one', async () => {
    const { practice, id } = await useTurned();
    const config = readFileSync(join(practice.home.path, '.aws/config'), 'utf8');
    const role = `[profile prod]\nrole_arn = arn:aws:iam::444444444444:role/prod-role\nsource_profile = p\nmfa_serial = ${practice.serial('jane.doe')}\n`;
    practice.write('.aws/config', `${config}${role}`);
    printed(await practice.run(['credential-process', 'prod', '--no-cache'], withCode(practice)));
    const actions = practice.received();
    expect(actions.filter((action) => action !== 'GetCallerIdentity')).toEqual([
      'GetSessionToken',
      'AssumeRole',
    ]);
    expect(lastRequest(practice, 'GetSessionToken').signedBy).toBe(id);
  });
});
