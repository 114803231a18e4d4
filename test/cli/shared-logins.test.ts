import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOGIN_SESSION } from '../support/aws-sign-in.js';
import { startAwsClients, type AwsClients } from '../support/aws-clients.js';
import { printed } from '../support/use-practice.js';
import { useSignOn, type SignOn } from '../support/use-sign-on.js';

const DEVELOPER =
  'arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Developer_0123456789abcdef/jane.doe@example.com';

let clients: AwsClients | null;
beforeAll(async () => {
  clients = await startAwsClients();
}, 60_000);
afterAll(() => {
  clients?.close();
});

/** Who each of AWS's tools is as that profile, at the same services. */
async function ask({ practice, url }: SignOn, profile: string) {
  const env = { ...practice.home.env, AWS_ENDPOINT_URL: url, AWS_REGION: 'eu-west-1' };
  return clients?.whoAmI({ ...env, AWS_DEFAULT_REGION: 'eu-west-1' }, profile);
}

describe('a login at IAM Identity Center', () => {
  it('that assume renewed serves the AWS CLI and the SDKs', async ({ skip }) => {
    skip(clients === null);
    const on = await useSignOn();
    on.logIn(-60);
    printed(await on.practice.run(['credential-process', 'sso-dev']));
    on.received();
    const who = await ask(on, 'sso-dev');
    expect(who).toEqual({ boto3: DEVELOPER, cli: DEVELOPER, js: DEVELOPER });
    expect(on.received()).not.toContain('CreateToken');
  });

  it('that they renewed serves assume', async ({ skip }) => {
    skip(clients === null);
    const on = await useSignOn();
    on.logIn(4 * 60);
    const before = on.token();
    expect(await ask(on, 'sso-dev')).toEqual({ boto3: DEVELOPER, cli: DEVELOPER, js: DEVELOPER });
    expect(on.received()).toContain('CreateToken');
    expect(on.token()?.['accessToken']).not.toBe(before?.['accessToken']);
    printed(await on.practice.run(['credential-process', 'sso-dev']));
    expect(on.received()).toEqual(['GetRoleCredentials']);
  });

  it('that assume ended is over for them', async ({ skip }) => {
    skip(clients === null);
    const on = await useSignOn();
    on.logIn();
    expect(await on.practice.run(['logout', 'sso-dev'])).toMatchObject({ status: 0 });
    const who = await ask(on, 'sso-dev');
    expect(who?.boto3).toMatch(/SSOTokenLoadError|UnauthorizedSSOTokenError/);
    expect(who?.js).toContain('CredentialsProviderError');
  });
});

describe('what aws login got', () => {
  const CONSOLE = `[profile console]\nlogin_session = ${LOGIN_SESSION}\nregion = eu-west-1\n`;
  const PATH = `.aws/login/cache/${createHash('sha256').update(LOGIN_SESSION).digest('hex')}.json`;
  const LOGIN =
    'arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Login_0123456789abcdef/jane.doe@example.com';

  const useLogin = async (): Promise<SignOn> => {
    const on = await useSignOn(CONSOLE);
    const login = on.signIn.login(new Date(Date.now() - 60_000));
    on.practice.write(PATH, JSON.stringify(login));
    return on;
  };

  it('and assume renewed serves the SDK', async ({ skip }) => {
    skip(clients === null);
    const on = await useLogin();
    printed(await on.practice.run(['credential-process', 'console']));
    on.received();
    // botocore needs a library for this that is not everywhere.
    expect((await ask(on, 'console'))?.js).toBe(LOGIN);
    expect(on.received()).not.toContain('CreateOAuth2Token');
  });

  it('and the SDK renewed serves assume', async ({ skip }) => {
    skip(clients === null);
    const on = await useLogin();
    expect((await ask(on, 'console'))?.js).toBe(LOGIN);
    expect(on.received()).toContain('CreateOAuth2Token');
    printed(await on.practice.run(['credential-process', 'console']));
    expect(on.received()).toEqual([]);
  });
});
