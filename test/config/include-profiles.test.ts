import { describe, expect, it } from 'vitest';
import { AWS_CONFIG, configuredHost, KEYS } from '../support/configured-host.js';

/** A profile's values as its users see them, each with the line it stands at. */
function valuesOf(config: string, name = 'top', credentials = ''): Record<string, string> {
  const { profiles } = configuredHost({ config, credentials }).config.aws;
  const values = [...(profiles.get(name)?.values ?? [])];
  return Object.fromEntries(
    values.flatMap(([key, { value, file, line }]) =>
      key === 'include_profile'
        ? []
        : [[key, `${value} ${file === AWS_CONFIG ? '' : file}:${String(line)}`]],
    ),
  );
}

describe('a profile that includes another', () => {
  it.each([
    [
      'has its values, where they stand',
      '[profile common]\nregion = eu-west-1\nmfa_serial = GAHT12345678\n[profile top]\ninclude_profile = common\n',
      { region: 'eu-west-1 :2', mfa_serial: 'GAHT12345678 :3' },
    ],
    [
      'keeps its own before them',
      '[profile common]\nregion = eu-west-1\n[profile top]\ninclude_profile = common\nregion = us-east-1\n',
      { region: 'us-east-1 :5' },
    ],
    [
      'takes an empty value of its own for none',
      '[profile common]\nregion = eu-west-1\n[profile top]\nregion =\ninclude_profile = common\n',
      { region: 'eu-west-1 :2' },
    ],
    [
      'has what that one includes, the nearer first',
      '[profile a]\nregion = r\nexternal_id = x\n[profile b]\ninclude_profile = a\nregion = s\n[profile top]\ninclude_profile = b\n',
      { region: 's :6', external_id: 'x :3' },
    ],
    [
      'may include [default], which nothing does by itself',
      '[default]\nregion = r\n[profile top]\ninclude_profile = default\n',
      { region: 'r :2' },
    ],
    ['has nothing of [default] otherwise', '[default]\nregion = r\n[profile top]\n', {}],
    [
      'has no keys of it',
      `[profile common]\n${KEYS}aws_session_token = t\n[profile top]\ninclude_profile = common\n`,
      {},
    ],
    [
      'has nothing of what aws-vault does not know',
      '[profile common]\noutput = json\nendpoint_url = http://x\ncredential_source = Environment\n[profile top]\ninclude_profile = common\n',
      {},
    ],
    [
      'goes as far as the circle that it goes in',
      '[profile top]\ninclude_profile = a\n[profile a]\nregion = r\ninclude_profile = top\n',
      { region: 'r :4' },
    ],
    ['of which there is none', '[profile top]\ninclude_profile = nowhere\n', {}],
    ['of no name', '[profile top]\ninclude_profile =\n', {}],
  ])('%s', (_, config, values) => {
    expect(valuesOf(config)).toEqual(values);
  });

  it.each([
    'mfa_serial',
    'mfa_process',
    'role_arn',
    'external_id',
    'role_session_name',
    'duration_seconds',
    'source_profile',
    'sso_session',
    'sso_start_url',
    'sso_region',
    'sso_account_id',
    'sso_role_name',
    'web_identity_token_file',
    'sts_regional_endpoints',
    'session_tags',
    'transitive_session_tags',
    'source_identity',
    'credential_process',
  ])('has its %s', (key) => {
    const config = `[profile common]\n${key} = x\n[profile top]\ninclude_profile = common\n`;
    expect(valuesOf(config)).toEqual({ [key]: 'x :2' });
  });

  it('keeps keys of its own from the credentials file', () => {
    const config = '[profile common]\nregion = r\n[profile top]\ninclude_profile = common\n';
    const values = valuesOf(config, 'top', `[top]\n${KEYS}`);
    expect(Object.keys(values).sort()).toEqual([
      'aws_access_key_id',
      'aws_secret_access_key',
      'region',
    ]);
  });
});
