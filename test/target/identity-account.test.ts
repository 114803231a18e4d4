import { describe, expect, it } from 'vitest';
import { identityTarget } from '../../src/target/identity-target.js';
import { configuredHost } from '../support/configured-host.js';
import { thrownBy } from '../support/thrown-by.js';

const SSO = `[sso-session a]
sso_start_url = https://a.example/start
sso_region = eu-west-1
`;

/** The account that the identity has to belong to. */
function accountOf(config: string, assume = ''): string | undefined {
  const { host, config: read } = configuredHost({ config, assume });
  return identityTarget(read, host, null, {}).identity.accountId?.value;
}

describe('the account of an identity', () => {
  it.each([
    ['a role of IAM Identity Center', SSO, 'sso:a/111122223333/Developer', '111122223333'],
    ['a user that logged in', '', 'login:arn:aws:iam::111122223333:user/jane', '111122223333'],
    [
      'a role that logged in',
      '',
      'login:arn:aws:sts::111122223333:assumed-role/r/jane',
      '111122223333',
    ],
    ['the root of an account', '', 'login:arn:aws:iam::111122223333:root', '111122223333'],
    ['a login without one', '', 'login:arn:aws:iam::aws:x', undefined],
  ])('is known of %s', (_, config, credentials, account) => {
    expect(accountOf(config, `[identity i]\ncredentials = ${credentials}\n`)).toBe(account);
  });

  it('is what assume.ini says, where that differs', () => {
    const text =
      '[identity i]\naccount_id = 999988887777\ncredentials = sso:a/111122223333/Developer\n';
    expect(accountOf(SSO, text)).toBe('999988887777');
  });

  it.each(['1111', '111122223333 4', '1111-2222-3333'])('is never %s', (account) => {
    const profile = `[default]\nsso_session = a\nsso_account_id = ${account}\nsso_role_name = r\n`;
    const error = thrownBy(() => accountOf(SSO + profile));
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain('/home/jane/.aws/config:6:18: sso_account_id');
    expect(error.hint).toContain('twelve digits');
  });
});
