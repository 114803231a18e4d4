import { expect, it } from 'vitest';
import { ssoSessionsOf } from '../../src/target/sso-sessions.js';
import { configuredHost } from '../support/configured-host.js';

const SESSION = (name: string): string =>
  `[sso-session ${name}]\nsso_start_url = https://${name}.example/start\nsso_region = eu-west-1\n`;
const PROFILE = (name: string, keys: string): string =>
  `[profile ${name}]\nsso_account_id = 111122223333\nsso_role_name = Developer\n${keys}`;
const OLD = 'sso_start_url = https://old.example/start\nsso_region = eu-west-1\n';

it.each<[string, string, readonly (readonly [string | null, string])[]]>([
  ['none', '[profile x]\nregion = eu-west-1\n', []],
  ['a session', SESSION('a'), [['a', 'https://a.example/start']]],
  [
    'a session once, however many profiles have it',
    SESSION('a') + PROFILE('p', 'sso_session = a\n') + PROFILE('q', 'sso_session = a\n'),
    [['a', 'https://a.example/start']],
  ],
  [
    'one of the old kind',
    PROFILE('p', OLD) + PROFILE('q', OLD),
    [[null, 'https://old.example/start']],
  ],
  [
    'what is whole',
    `[sso-session half]\nsso_region = eu-west-1\n${PROFILE('p', 'sso_session = nobody\n')}${SESSION('b')}`,
    [['b', 'https://b.example/start']],
  ],
])('of the logins that files name: %s', (_, text, expected) => {
  const { config } = configuredHost({ config: text });
  const found = ssoSessionsOf(config.aws).map(({ session, startUrl }) => [session, startUrl]);
  expect(found).toEqual(expected);
});
