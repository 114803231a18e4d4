import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loginFile, LOGIN_SESSION } from '../support/aws-sign-in.js';
import { printed } from '../support/use-practice.js';
import { useSignOn, type SignOn } from '../support/use-sign-on.js';

const CONFIG = `[profile console]
login_session = ${LOGIN_SESSION}
region = eu-west-1

[profile chained]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = console
role_session_name = jane.doe
`;
const CONSOLE = ['credential-process', 'console'];

interface LoginFile {
  readonly accessToken: Readonly<Record<string, string>>;
  readonly refreshToken: string;
}

const pathOf = ({ practice }: SignOn): string => join(practice.home.path, loginFile(LOGIN_SESSION));

const fileOf = (on: SignOn): LoginFile => JSON.parse(readFileSync(pathOf(on), 'utf8')) as LoginFile;

/** A person who ran `aws login`, whose credentials have that many minutes left. */
async function useLogin(minutes: number, changes: object = {}): Promise<SignOn> {
  const on = await useSignOn(CONFIG);
  const login = on.signIn.login(new Date(Date.now() + minutes * 60_000));
  on.practice.write(loginFile(LOGIN_SESSION), JSON.stringify({ ...login, ...changes }));
  return on;
}

describe('what aws login got', () => {
  it('is handed out while it lives', async () => {
    const on = await useLogin(12);
    const { AccessKeyId, AccountId } = printed(await on.practice.run(CONSOLE));
    expect([AccessKeyId, AccountId]).toEqual([
      fileOf(on).accessToken['accessKeyId'],
      '111111111111',
    ]);
    expect(on.received()).toEqual([]);
  });

  it('is renewed by who has its key, once for many processes, and kept for all tools', async () => {
    const on = await useLogin(4);
    const before = fileOf(on);
    const runs = await Promise.all(
      ['console', 'chained', 'console', 'chained'].map((target) =>
        on.practice.run(['credential-process', target]),
      ),
    );
    expect(runs.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    expect(on.received().sort()).toEqual(['AssumeRole', 'CreateOAuth2Token']);
    expect(on.requests[0]?.fields).toMatchObject({
      clientId: 'arn:aws:signin:::devtools/same-device',
      grantType: 'refresh_token',
      refreshToken: before.refreshToken,
    });
    const after = fileOf(on);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(after.accessToken['accountId']).toBe('111111111111');
    expect(after.accessToken['accessKeyId']).not.toBe(before.accessToken['accessKeyId']);
    expect(after.refreshToken).not.toBe(before.refreshToken);
    expect(statSync(pathOf(on)).mode & 0o777).toBe(0o600);
  });

  it('is renewed once by profiles of several regions, which also log out of it once', async () => {
    const on = await useLogin(-1);
    const regions = ['eu-west-1', 'us-east-1', 'ap-south-1'];
    const profiles = regions.map(
      (region) => `[profile ${region}]\nlogin_session = ${LOGIN_SESSION}\nregion = ${region}\n`,
    );
    on.practice.write('.aws/config', `${CONFIG}${profiles.join('')}`);
    const runs = await Promise.all(
      regions.map((region) => on.practice.run(['credential-process', region])),
    );
    const keys = runs.map((ended) => printed(ended).AccessKeyId);
    expect(new Set(keys)).toEqual(new Set([fileOf(on).accessToken['accessKeyId']]));
    expect(on.received()).toEqual(['CreateOAuth2Token']);
    const { stderr } = await on.practice.run(['logout', '--all']);
    expect(stderr.match(/logged out of/g)).toHaveLength(1);
  });

  it('is what another tool has renewed just before us', async () => {
    const on = await useLogin(-1);
    const fresh = on.signIn.login(new Date(Date.now() + 15 * 60_000));
    on.signIn.settings.refusal = 'TOKEN_EXPIRED';
    // The AWS CLI, which knows nothing of our lock, has spent the refresh token.
    on.beforeAnswer = ({ action }) => {
      if (action !== 'CreateOAuth2Token') return;
      on.practice.write(loginFile(LOGIN_SESSION), JSON.stringify(fresh));
    };
    const { AccessKeyId } = printed(await on.practice.run(CONSOLE));
    expect(AccessKeyId).toBe(fileOf(on).accessToken['accessKeyId']);
    expect(on.received()).toEqual(['CreateOAuth2Token']);
  });

  it('is an identity of assume.ini', async () => {
    const on = await useLogin(-1);
    on.practice.write(
      '.config/assume/assume.ini',
      `[identity me]\ncredentials = login:${LOGIN_SESSION}\n`,
    );
    printed(await on.practice.run(['credential-process', '222222222222/dev-role']));
    expect(on.received()).toEqual(['CreateOAuth2Token', 'GetCallerIdentity', 'AssumeRole']);
  });

  it('is renewed by assume login, and ended by assume logout', async () => {
    const on = await useLogin(-1);
    const login = await on.practice.run(['login', 'console']);
    expect(login).toMatchObject({ status: 0, stdout: '' });
    expect(login.stderr).toContain(`aws login of ${LOGIN_SESSION} lives: 14m left, then renewed`);
    expect(on.received()).toEqual(['CreateOAuth2Token']);
    const logout = await on.practice.run(['logout', 'console']);
    expect(logout.stderr).toContain(`logged out of ${LOGIN_SESSION}, for the AWS CLI and every`);
    expect(await on.practice.run(CONSOLE)).toMatchObject({ status: 6 });
    expect(on.received()).toEqual([]);
  });

  it('still serves in its last minutes when AWS is not reached', async () => {
    const on = await useLogin(4);
    const env = { ASSUME_ENDPOINT_URL: 'http://127.0.0.1:1' };
    printed(await on.practice.run(CONSOLE, { env }));
    const expired = await useLogin(-1);
    expect(await expired.practice.run(CONSOLE, { env })).toMatchObject({ status: 7 });
  });

  it.each<[string | null, object, string, string[]]>([
    ['TOKEN_EXPIRED', {}, 'the login has expired', ['CreateOAuth2Token']],
    [
      'USER_CREDENTIALS_CHANGED',
      {},
      'the password has changed since the login',
      ['CreateOAuth2Token'],
    ],
    [null, { refreshToken: '' }, 'nobody is logged in', []],
  ])('is over: %s %j', async (refusal, changes, text, asked) => {
    const on = await useLogin(-1, changes);
    on.signIn.settings.refusal = refusal;
    for (const args of [CONSOLE, ['login', 'console']]) {
      const { status, stdout, stderr } = await on.practice.run(args);
      expect([status, stdout]).toEqual([6, '']);
      expect(on.received()).toEqual(asked);
      expect(stderr).toContain(
        `assume: ${text}: ${LOGIN_SESSION}\n  log in: aws login --profile console\n`,
      );
    }
  });

  it.each<[string, object, string, string[]]>([
    ['INSUFFICIENT_PERMISSIONS', {}, 'signin:CreateOAuth2Token', ['CreateOAuth2Token']],
    ['', { dpopKey: 'fake-key' }, 'the key that aws login kept cannot be used', []],
  ])('cannot be renewed: %s %j', async (refusal, changes, text, asked) => {
    const on = await useLogin(-1, changes);
    on.signIn.settings.refusal = refusal;
    const ended = await on.practice.run(CONSOLE);
    expect(ended.status).toBe(6);
    expect(ended.stderr).toContain(text);
    expect(on.received()).toEqual(asked);
  });

  it('of another account than account_id says is refused', async () => {
    const on = await useLogin(12);
    on.practice.write(
      '.config/assume/assume.ini',
      `[identity me]\naccount_id = 999999999999\ncredentials = login:${LOGIN_SESSION}\n`,
    );
    const { status, stderr } = await on.practice.run([
      'credential-process',
      '222222222222/dev-role',
    ]);
    expect(status).toBe(6);
    expect(stderr).toContain('belong to account 111111111111, not to 999999999999');
    expect(on.received()).not.toContain('AssumeRole');
  });
});
