import { describe, expect, it } from 'vitest';
import { isRole, namesCredentials, resolveProfileChain } from '../../src/target/profile-chain.js';
import { AWS_CONFIG, AWS_CREDENTIALS, configuredHost, KEYS } from '../support/configured-host.js';
import { thrownBy } from '../support/thrown-by.js';

const ROLE = (account: number, source?: string): string =>
  [
    `role_arn = arn:aws:iam::${String(account).repeat(12)}:role/r${String(account)}`,
    ...(source === undefined ? [] : [`source_profile = ${source}`]),
    '',
  ].join('\n');

const BASE = `[profile base]\n${KEYS}`;
const HALF_ID = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n';
const HALF_SECRET = 'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';

function chainOf(config: string, name = 'top', credentials = ''): string {
  const { profiles } = configuredHost({ config, credentials }).config.aws;
  const { base, hops } = resolveProfileChain(profiles, name);
  return [base.name, ...hops.map((hop) => hop.name)].join(' > ');
}

describe('a chain of profiles', () => {
  it.each([
    ['keys alone', `[profile top]\n${KEYS}`, 'top'],
    ['keys with a token', `[profile top]\n${KEYS}aws_session_token = t\n`, 'top'],
    ['keys and a region', `[profile top]\n${KEYS}region = eu-west-1\n`, 'top'],
    [
      'keys beside a source_profile without a role',
      `[profile top]\n${KEYS}source_profile = x\n`,
      'top',
    ],
    ['keys before a process', `[profile top]\n${KEYS}credential_process = x\n`, 'top'],
    ['keys before sso', `[profile top]\n${KEYS}sso_session = x\n`, 'top'],
    ['one role', `${BASE}[profile top]\n${ROLE(2, 'base')}`, 'base > top'],
    ['the source below it in the file', `[profile top]\n${ROLE(2, 'base')}${BASE}`, 'base > top'],
    [
      'two roles',
      `${BASE}[profile mid]\n${ROLE(2, 'base')}[profile top]\n${ROLE(3, 'mid')}`,
      'base > mid > top',
    ],
    [
      'three roles',
      `${BASE}[profile a]\n${ROLE(2, 'base')}[profile b]\n${ROLE(3, 'a')}[profile top]\n${ROLE(4, 'b')}`,
      'base > a > b > top',
    ],
    [
      "the top profile's role before its own keys",
      `${BASE}[profile top]\n${KEYS}${ROLE(2, 'base')}`,
      'base > top',
    ],
    [
      "the top profile's role before half a key of its own",
      `${BASE}[profile top]\n${HALF_ID}${ROLE(2, 'base')}`,
      'base > top',
    ],
    [
      "a source's keys before its role",
      `${BASE}[profile mid]\n${KEYS}${ROLE(2, 'base')}[profile top]\n${ROLE(3, 'mid')}`,
      'mid > top',
    ],
    [
      "a source's keys before its loop",
      `[profile mid]\n${KEYS}${ROLE(2, 'top')}[profile top]\n${ROLE(3, 'mid')}`,
      'mid > top',
    ],
    ['itself, with keys', `[profile top]\n${KEYS}${ROLE(2, 'top')}`, 'top > top'],
    [
      'a source that names itself, with keys',
      `[profile mid]\n${KEYS}${ROLE(2, 'mid')}[profile top]\n${ROLE(3, 'mid')}`,
      'mid > top',
    ],
    [
      'keys in a source that has a process too',
      `[profile base]\n${KEYS}credential_process = x\n[profile top]\n${ROLE(2, 'base')}`,
      'base > top',
    ],
    [
      'an empty credential_source',
      `${BASE}[profile top]\n${ROLE(2, 'base')}credential_source =\n`,
      'base > top',
    ],
    ['an empty role_arn', `[profile top]\n${KEYS}role_arn =\n`, 'top'],
    [
      'a source named default',
      `[default]\n${KEYS}[profile top]\n${ROLE(2, 'default')}`,
      'default > top',
    ],
    [
      'keys in upper case',
      `[profile base]\n${KEYS.toUpperCase().replace('AWS_ACCESS', 'AWS_ACCESS')}[profile top]\n${ROLE(2, 'base')}`,
      'base > top',
    ],
    [
      'a repeated section',
      `[profile top]\n${ROLE(2)}[profile top]\nsource_profile = base\n${BASE}`,
      'base > top',
    ],
    [
      'a repeated key, the last',
      `${BASE}[profile top]\n${ROLE(2, 'nowhere')}source_profile = base\n`,
      'base > top',
    ],
  ])('%s: %#', (_, config, chain) => {
    expect(chainOf(config)).toBe(chain);
  });

  it.each([
    [
      'keys in the credentials file',
      `[profile top]\n${ROLE(2, 'base')}`,
      `[base]\n${KEYS}`,
      'base > top',
    ],
    [
      'a role in the credentials file',
      '',
      `[base]\n${KEYS}[top]\n${ROLE(2, 'base')}`,
      'base > top',
    ],
    [
      'half a key in each file',
      `[profile base]\n${HALF_ID}[profile top]\n${ROLE(2, 'base')}`,
      `[base]\n${HALF_SECRET}`,
      'base > top',
    ],
    [
      'the source of the credentials file before that of the config file',
      `[profile top]\n${ROLE(2, 'other')}`,
      `[base]\n${KEYS}[top]\nsource_profile = base\n`,
      'base > top',
    ],
  ])('%s', (_, config, credentials, chain) => {
    expect(chainOf(config, 'top', credentials)).toBe(chain);
  });

  it.each([
    ['no such profile', BASE, 'there is no profile top', ''],
    ['no such profile, and none at all', '', 'there is no profile top', 'add it'],
    ['a near one', '[profile tops]\nregion = x\n', 'no profile top', 'tops'],
    ['another case', `[profile TOP]\n${KEYS}`, 'no profile top', 'TOP'],
    [
      'a missing source',
      `[profile top]\n${ROLE(2, 'base')}`,
      `base, which ${AWS_CONFIG}:3 names`,
      '',
    ],
    [
      'nothing in it',
      '[profile top]\nregion = eu-west-1\n',
      `(${AWS_CONFIG}:1) holds neither`,
      'role_arn',
    ],
    [
      'nothing in its source',
      `[profile base]\noutput = json\n[profile top]\n${ROLE(2, 'base')}`,
      `base (${AWS_CONFIG}:1)`,
      '',
    ],
    [
      'nothing inherited from default',
      `[default]\n${KEYS}[profile top]\nregion = x\n`,
      'holds neither',
      '',
    ],
    [
      'no source inherited from default',
      `[default]\nsource_profile = b\n[profile top]\n${ROLE(2)}`,
      `role_arn (${AWS_CONFIG}:4)`,
      '',
    ],
    [
      'role_arn alone',
      `[profile top]\n${ROLE(2)}`,
      `role_arn (${AWS_CONFIG}:2) but no source_profile`,
      'source_profile =',
    ],
    [
      'role_arn with keys and no source',
      `[profile top]\n${ROLE(2)}${KEYS}`,
      'but no source_profile',
      '',
    ],
    [
      'an empty source_profile',
      `[profile top]\n${ROLE(2)}source_profile =\n`,
      'but no source_profile',
      '',
    ],
    [
      'a key ID alone',
      `[profile top]\n${HALF_ID}`,
      `${AWS_CONFIG}:2 has no aws_secret_access_key`,
      'add aws_secret',
    ],
    [
      'a secret alone',
      `[profile top]\n${HALF_SECRET}`,
      `${AWS_CONFIG}:2 has no aws_access_key_id`,
      'add aws_access',
    ],
    [
      'a key ID beside an empty secret',
      `[profile top]\n${HALF_ID}aws_secret_access_key =\n`,
      'half a key',
      '',
    ],
    [
      'half a key in a source',
      `[profile b]\n${HALF_ID}[profile top]\n${ROLE(2, 'b')}`,
      'profile b holds half',
      '',
    ],
    [
      'half a key in a source with a role',
      `[profile b]\n${HALF_ID}${ROLE(2, 'top')}[profile top]\n${ROLE(3, 'b')}`,
      'profile b holds half',
      '',
    ],
    [
      'itself without keys',
      `[profile top]\n${ROLE(2, 'top')}`,
      `top → top (${AWS_CONFIG}:3)`,
      'holds keys',
    ],
    [
      'a loop of two',
      `[profile top]\n${ROLE(2, 'b')}[profile b]\n${ROLE(3, 'top')}`,
      `top → b → top (${AWS_CONFIG}:3, ${AWS_CONFIG}:6)`,
      'holds keys',
    ],
    [
      'a loop of three',
      `[profile top]\n${ROLE(2, 'b')}[profile b]\n${ROLE(3, 'c')}[profile c]\n${ROLE(4, 'top')}`,
      `top → b → c → top (${AWS_CONFIG}:3, ${AWS_CONFIG}:6, ${AWS_CONFIG}:9)`,
      '',
    ],
    [
      'a loop behind the top',
      `[profile top]\n${ROLE(2, 'b')}[profile b]\n${ROLE(3, 'c')}[profile c]\n${ROLE(4, 'b')}`,
      `b → c → b (${AWS_CONFIG}:6, ${AWS_CONFIG}:9)`,
      '',
    ],
    [
      'a source that names itself',
      `[profile top]\n${ROLE(2, 'b')}[profile b]\n${ROLE(3, 'b')}`,
      `b → b (${AWS_CONFIG}:6)`,
      '',
    ],
    [
      'both kinds of source',
      `${BASE}[profile top]\n${ROLE(2, 'base')}credential_source = Environment\n`,
      `credential_source (${AWS_CONFIG}:7) and source_profile (${AWS_CONFIG}:6)`,
      'one of the two',
    ],
    ...[
      'credential_source = Ec2InstanceMetadata',
      'web_identity_token_file = /t',
      'sso_session = s',
      'sso_start_url = https://example.awsapps.com/start',
      'sso_account_id = 111122223333',
      'login_session = arn:aws:iam::111122223333:user/jane',
      'credential_process = other-tool',
    ].flatMap((line): [string, string, string, string][] => {
      const key = line.split(' ', 1)[0] ?? '';
      return [
        [`${key} alone`, `[profile top]\n${line}\n`, `${key} (${AWS_CONFIG}:2)`, 'static keys'],
        [
          `${key} in a source`,
          `[profile b]\n${line}\n[profile top]\n${ROLE(2, 'b')}`,
          `profile b takes`,
          '',
        ],
        [
          `${key} beside a role`,
          `[profile top]\n${ROLE(2)}${line}\n`,
          `${key} (${AWS_CONFIG}:3)`,
          '',
        ],
      ];
    }),
  ])('refuses %s', (_, config, message, hint) => {
    const error = thrownBy(() => chainOf(config));
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain(message);
    expect(error.hint ?? '').toContain(hint);
    expect(`${error.message}${error.hint ?? ''}`).not.toContain('wJalr');
  });

  it('names the credentials file where the value stands there', () => {
    const error = thrownBy(() => chainOf('', 'top', `[top]\n\n${HALF_ID}`));
    expect(error.message).toContain(`${AWS_CREDENTIALS}:3`);
  });
});

describe('what a profile is', () => {
  it.each([
    ['region = x', false, false],
    ['', false, false],
    ['role_arn = arn:aws:iam::111122223333:role/x', true, true],
    ['role_arn =', false, false],
    ['aws_access_key_id = AKIAIOSFODNN7EXAMPLE', true, false],
    ['aws_secret_access_key = x', true, false],
    ['credential_process = x', true, false],
    ['sso_session = x', true, false],
    ['sso_start_url = x', true, false],
    ['web_identity_token_file = x', true, false],
    ['source_profile = x', false, false],
    ['mfa_serial = x', false, false],
  ])('"%s" names credentials: %s, a role: %s', (line, credentials, role) => {
    const { profiles } = configuredHost({ config: `[profile top]\n${line}\n` }).config.aws;
    const top = profiles.get('top');
    expect(top && namesCredentials(top)).toBe(credentials);
    expect(top && isRole(top)).toBe(role);
  });
});
