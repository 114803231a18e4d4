import { statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SSO_USER } from '../support/reserved-role.js';
import { changeEntry, inMinutes, storedEntries } from '../support/stored-entries.js';
import { printed } from '../support/use-practice.js';
import { SSO_CONFIG, START_URL, useSignOn, type SignOn } from '../support/use-sign-on.js';

const DEV = ['credential-process', 'sso-dev'];
const MINUTE = 60;

/** Lets every cached entry of that kind run out. */
function expire({ practice }: SignOn, kind: 'identity' | 'role'): void {
  for (const entry of storedEntries(practice.home, kind)) {
    changeEntry(entry, { keptUntil: inMinutes(-1) });
  }
}

describe('a login that lives', () => {
  it('gives the role of a profile, and again without asking', async () => {
    const on = await useSignOn();
    on.logIn();
    const first = await on.practice.run(DEV);
    expect(printed(first)).toMatchObject({ AccountId: '111111111111' });
    expect(on.received()).toEqual(['GetRoleCredentials']);
    expect(on.requests.at(-1)).toMatchObject({
      fields: { account_id: '111111111111', role_name: 'Developer' },
    });
    expect(on.requests.at(-1)?.userAgent).toContain('assume-cli');
    expect((await on.practice.run(DEV)).stdout).toBe(first.stdout);
    expect(on.received()).toEqual([]);
  });

  it('starts a chain of roles, in the name of the person, without a session of STS', async () => {
    const on = await useSignOn();
    on.logIn();
    const { stdout } = await on.practice.run([
      'exec',
      'chained',
      '--',
      'printenv',
      'ASSUME_TARGET',
    ]);
    expect(stdout).toBe('chained\n');
    expect(on.received()).toEqual(['GetRoleCredentials', 'GetCallerIdentity', 'AssumeRole']);
    expect(on.requests.at(-1)?.fields).toMatchObject({ RoleSessionName: SSO_USER });
    const plan = await on.practice.run(['plan', 'chained']);
    expect(plan.stdout).toContain(
      'holds temporary credentials of IAM Identity Center, which can buy no MFA session',
    );
    expect(plan.stdout).toContain(`sso:acme/111111111111/Developer (${START_URL} eu-west-1)`);
  });

  it('is an identity of assume.ini, under the profiles of the same login', async () => {
    const on = await useSignOn();
    on.logIn();
    on.practice.write(
      '.config/assume/assume.ini',
      '[identity me]\ncredentials = sso:acme/111111111111/Administrator\n[account dev]\nid = 222222222222\nroles = dev-role\n',
    );
    const { stdout } = await on.practice.run([
      'exec',
      'dev/dev-role',
      '--',
      'printenv',
      'ASSUME_ACCOUNT_ID',
    ]);
    expect(stdout).toBe('222222222222\n');
    expect(on.received()).toEqual(['GetRoleCredentials', 'GetCallerIdentity', 'AssumeRole']);
    expect(on.requests.at(-3)?.fields).toMatchObject({ role_name: 'Administrator' });
  });

  it('of the old kind is known by its start URL', async () => {
    const on = await useSignOn();
    on.logIn(8 * 3600, START_URL);
    printed(await on.practice.run(['credential-process', 'old']));
    expect(on.received()).toEqual(['GetRoleCredentials']);
  });

  it('is read as old AWS CLIs wrote it', async () => {
    const on = await useSignOn();
    on.logIn();
    const token = on.token();
    const expiresAt = token?.['expiresAt']?.replace('Z', 'UTC');
    writeFileSync(on.tokenPath(), JSON.stringify({ ...token, expiresAt }));
    printed(await on.practice.run(DEV));
    expect(on.received()).toEqual(['GetRoleCredentials']);
  });

  it('serves a role until it has little time left, then fetches it again', async () => {
    const on = await useSignOn();
    on.logIn();
    const first = printed(await on.practice.run(DEV));
    expire(on, 'identity');
    const second = printed(await on.practice.run(DEV));
    expect(second.AccessKeyId).not.toBe(first.AccessKeyId);
    expect(on.received()).toEqual(['GetRoleCredentials', 'GetRoleCredentials']);
    printed(await on.practice.run([...DEV, '--refresh']));
    printed(await on.practice.run([...DEV, '--no-cache']));
    expect(on.received()).toEqual(['GetRoleCredentials', 'GetRoleCredentials']);
  });

  it('shows in status and list', async () => {
    const on = await useSignOn();
    on.logIn();
    const { stdout } = await on.practice.run(['status']);
    expect(stdout).toMatch(/login to acme: 7h5\dm left/);
    const status = JSON.parse((await on.practice.run(['status', '--json'])).stdout) as {
      sessions: object[];
    };
    const expiration = new Date(on.token()?.['expiresAt'] ?? '').toISOString();
    expect(status.sessions).toEqual([
      { kind: 'login', identity: 'acme', target: null, roleArn: null, expiration },
    ]);
    const list = await on.practice.run(['list', 'sso']);
    expect(list.stdout).toBe(
      'sso-dev    111111111111  Developer      eu-west-1\nsso-admin  111111111111  Administrator\n',
    );
  });
});

describe('a token with little time left', () => {
  it('is renewed by its refresh token, once for many processes, and kept for all tools', async () => {
    const on = await useSignOn();
    on.logIn(10 * MINUTE);
    const before = on.token();
    const runs = await Promise.all(
      ['sso-dev', 'sso-admin', 'sso-dev', 'chained', 'sso-admin'].map((target) =>
        on.practice.run(['credential-process', target]),
      ),
    );
    expect(runs.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0]);
    expect(on.received().filter((action) => action === 'CreateToken')).toHaveLength(1);
    const after = on.token();
    expect(after?.['accessToken']).not.toBe(before?.['accessToken']);
    expect(after?.['refreshToken']).not.toBe(before?.['refreshToken']);
    for (const field of ['startUrl', 'region', 'clientId', 'clientSecret', 'registrationExpiresAt'])
      expect(after?.[field]).toBe(before?.[field]);
    expect(statSync(on.tokenPath()).mode & 0o777).toBe(0o600);
    expect(Date.parse(after?.['expiresAt'] ?? '') - Date.now()).toBeGreaterThan(7 * 3600_000);
  });

  it('still serves when it cannot be renewed', async () => {
    const on = await useSignOn();
    on.logIn(10 * MINUTE);
    on.center.revokeRefreshTokens();
    printed(await on.practice.run(DEV));
    expect(on.received()).toEqual(['CreateToken', 'GetRoleCredentials']);
  });

  it('is not renewed when another tool has done it meanwhile', async () => {
    const on = await useSignOn();
    on.logIn(-MINUTE);
    const spent = on.token();
    on.logIn();
    const fresh = on.token();
    writeFileSync(on.tokenPath(), JSON.stringify(spent));
    on.center.revokeRefreshTokens();
    // The AWS CLI, which knows nothing of our lock, writes its file while we ask.
    on.beforeAnswer = ({ action }) => {
      if (action === 'CreateToken') writeFileSync(on.tokenPath(), JSON.stringify(fresh));
    };
    printed(await on.practice.run(DEV));
    expect(on.received()).toEqual(['CreateToken', 'GetRoleCredentials']);
    expect(on.requests.at(-1)?.fields['accessToken']).toBe(fresh?.['accessToken']);
  });

  it('is renewed also when AWS has ended it before its time', async () => {
    const on = await useSignOn();
    on.logIn();
    on.center.revokeTokens();
    printed(await on.practice.run(DEV));
    expect(on.received()).toEqual(['GetRoleCredentials', 'CreateToken', 'GetRoleCredentials']);
  });
});

describe('without a login', () => {
  const NEEDED =
    /^assume: a login to acme is needed for sso-dev, and (.*)\n {2}log in, in a terminal: assume login sso-dev\n$/m;

  it.each<[string, readonly string[], string]>([
    ['a script', ['exec', 'sso-dev', '--', 'true'], 'there is no terminal'],
    ['--no-input', ['export', 'sso-dev', '--no-input', '--format', 'json'], '--no-input is given'],
    ['credential-process', DEV, 'there is no time for it here'],
    ['login in a script', ['login', 'sso-dev'], 'there is no terminal'],
  ])('%s ends at once, and says how to log in', async (_, args, why) => {
    const on = await useSignOn();
    const { status, stdout, stderr } = await on.practice.run(args);
    expect([status, stdout]).toEqual([6, '']);
    expect(NEEDED.exec(stderr)?.[1]).toBe(why);
    expect(on.received()).toEqual([]);
  });

  it('a token that has expired and cannot be renewed is none', async () => {
    const on = await useSignOn();
    on.logIn(-MINUTE);
    on.center.revokeRefreshTokens();
    expect(await on.practice.run(DEV)).toMatchObject({ status: 6 });
    expect(on.received()).toEqual(['CreateToken']);
  });

  it('a token of another start URL is none', async () => {
    const on = await useSignOn();
    on.logIn();
    on.practice.write('.aws/config', SSO_CONFIG.replaceAll('acme.awsapps', 'other.awsapps'));
    expect(await on.practice.run(DEV)).toMatchObject({ status: 6 });
    expect(on.received()).toEqual([]);
  });

  it('a role that still lives serves in its last minutes', async () => {
    const on = await useSignOn();
    on.logIn();
    const first = await on.practice.run(['credential-process', 'chained']);
    for (const entry of storedEntries(on.practice.home, 'role')) {
      changeEntry(entry, { keptUntil: inMinutes(4) });
    }
    expire(on, 'identity');
    writeFileSync(on.tokenPath(), '{}');
    on.received();
    const second = await on.practice.run(['credential-process', 'chained']);
    expect(second).toMatchObject({ status: 0, stdout: first.stdout });
    expect(on.received()).toEqual([]);
  });
});

describe('a refusal', () => {
  it('of a role says where the roles are listed', async () => {
    const on = await useSignOn();
    on.logIn();
    on.center.assignments.delete('111111111111/Developer');
    const { status, stderr } = await on.practice.run(DEV);
    expect(status).toBe(6);
    expect(stderr).toContain(
      `gives you no role Developer in account 111111111111\n  see which accounts and roles you have: ${START_URL}\n`,
    );
  });

  it.each([
    ['sso_account_id = 111111111111', 'sso_account_id = 1111', 'twelve digits'],
    ['sso_session = acme', 'sso_session = nobody', 'there is no [sso-session nobody]'],
  ])('of "%s" written as "%s" names the line', async (right, wrong, text) => {
    const on = await useSignOn(SSO_CONFIG.replace(right, wrong));
    const { status, stderr } = await on.practice.run(DEV);
    expect(status).toBe(3);
    expect(stderr).toMatch(/\.aws\/config:\d+/);
    expect(stderr).toContain(text);
  });
});

describe('logout', () => {
  it('ends the login at AWS and for every tool', async () => {
    const on = await useSignOn();
    on.logIn();
    printed(await on.practice.run(DEV));
    on.received();
    const { status, stderr } = await on.practice.run(['logout', 'sso-dev']);
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^assume: forgot 1 cached sessions; credentials already handed out live/,
    );
    expect(stderr).toContain(
      'assume: logged out of acme, for the AWS CLI and every other tool too\n',
    );
    expect(on.received()).toEqual(['Logout']);
    expect(on.token()).toBeNull();
    expect(storedEntries(on.practice.home, 'identity')).toEqual([]);
    expect(await on.practice.run(DEV)).toMatchObject({ status: 6 });
    expect((await on.practice.run(['logout', '--all'])).stderr).toContain('nothing to forget');
  });

  it.each([[['logout', '--all']], [['logout', 'sso-dev']]])(
    '%j removes the token also where AWS is not reached',
    async (args) => {
      const on = await useSignOn();
      on.logIn();
      const env = { ASSUME_ENDPOINT_URL: 'http://127.0.0.1:1' };
      const { status, stderr } = await on.practice.run(args, { env });
      expect([status, on.token()]).toEqual([0, null]);
      expect(stderr).toContain('the token of acme is removed here, but could not log out of');
    },
  );

  it('still forgets where the configuration is broken', async () => {
    const on = await useSignOn();
    on.logIn();
    printed(await on.practice.run(DEV));
    on.practice.write('.aws/config', 'broken\n');
    expect(await on.practice.run(['logout', '--all'])).toMatchObject({ status: 0 });
    expect(storedEntries(on.practice.home, 'identity')).toEqual([]);
  });
});
