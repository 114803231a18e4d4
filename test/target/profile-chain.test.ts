import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/host/host.js';
import { isHop, resolveProfileChain, type ProfileChain } from '../../src/target/profile-chain.js';
import { namesCredentials } from '../../src/target/profile-source.js';
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

const TOKEN = 'web_identity_token_file = /run/token\n';
const SSO =
  'sso_start_url = https://corp.example\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = Admin\n';
const LOGIN = 'login_session = arn:aws:iam::111122223333:user/jane\n';
const PROCESS = 'credential_process = print-keys\n';

function resolve(config: string, credentials = '', env: Environment = {}): ProfileChain {
  const { aws } = configuredHost({ config, credentials }).config;
  return resolveProfileChain(aws, env, 'top');
}

function chainOf(config: string, credentials = ''): string {
  const { base, hops } = resolve(config, credentials);
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
    ['keys before a half-named session', `[profile top]\n${KEYS}sso_session = x\n`, 'top'],
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
      'a role of [default], as a source that is named',
      `${BASE}[default]\n${ROLE(2, 'base')}[profile top]\n${ROLE(3, 'default')}`,
      'base > default > top',
    ],
    [
      'keys without the role of [default]',
      `[default]\n${ROLE(2, 'base')}[profile top]\n${KEYS}`,
      'top',
    ],
    ['a web identity before its source', `${BASE}[profile top]\n${ROLE(2, 'base')}${TOKEN}`, 'top'],
    [
      'a web identity as a source, its own source aside',
      `${BASE}[profile mid]\n${ROLE(2, 'base')}${TOKEN}[profile top]\n${ROLE(3, 'mid')}`,
      'mid > top',
    ],
    [
      "the role before the machine's own credentials",
      `[profile top]\n${ROLE(2)}credential_source = Environment\n`,
      'top > top',
    ],
    [
      "a source's role before the machine's own credentials",
      `[profile mid]\n${ROLE(2)}credential_source = Environment\n[profile top]\n${ROLE(3, 'mid')}`,
      'mid > mid > top',
    ],
    [
      'a source that names the machine, and no role',
      `[profile base]\ncredential_source = Environment\n[profile top]\n${ROLE(2, 'base')}`,
      'base > top',
    ],
    [
      'an included source',
      `${BASE}[profile common]\nsource_profile = base\n[profile top]\n${ROLE(2)}include_profile = common\n`,
      'base > top',
    ],
    [
      'a profile that is both included and the source',
      `[profile base]\nsource_profile = base\nmfa_serial = GAHT12345678\n${KEYS}[profile top]\n${ROLE(2)}include_profile = base\n`,
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
    expect(chainOf(config, credentials)).toBe(chain);
  });

  it.each([
    ['keys', KEYS, 'profile', 'aws_access_key_id'],
    ['a process', PROCESS, 'process', 'credential_process'],
    ['IAM Identity Center', SSO, 'sso', 'sso_account_id'],
    ['aws login', LOGIN, 'login', 'login_session'],
    ['a web identity', `${ROLE(2)}${TOKEN}`, 'web-identity', 'web_identity_token_file'],
    ['the environment', 'credential_source = Environment\n', 'environment', 'credential_source'],
    [
      'an instance',
      'credential_source = Ec2InstanceMetadata\n',
      'instance-metadata',
      'credential_source',
    ],
    ['a container', 'credential_source = EcsContainer\n', 'container', 'credential_source'],
    [
      'a web identity before all else',
      `${PROCESS}${LOGIN}${KEYS}${SSO}${ROLE(2)}${TOKEN}`,
      'web-identity',
      'web_identity_token_file',
    ],
    ['IAM Identity Center before keys', `${PROCESS}${LOGIN}${KEYS}${SSO}`, 'sso', 'sso_account_id'],
    ['keys before aws login', `${PROCESS}${LOGIN}${KEYS}`, 'profile', 'aws_access_key_id'],
    ['aws login before a process', `${PROCESS}${LOGIN}`, 'login', 'login_session'],
    [
      'a process before the machine',
      `credential_source = Environment\n${PROCESS}`,
      'process',
      'credential_process',
    ],
  ])('begins with %s, as a profile of its own and as a source', (_, lines, kind, key) => {
    const own = resolve(`[profile top]\n${lines}`);
    expect([own.source.kind, own.origin.name, own.hops]).toEqual([kind, key, []]);
    const chained = resolve(`[profile base]\n${lines}[profile top]\n${ROLE(4, 'base')}`);
    expect([chained.source.kind, chained.base.name]).toEqual([kind, 'base']);
    expect(chained.hops.map(({ name }) => name)).toEqual(['top']);
    const line =
      `[profile base]\n${lines}`.split('\n').findIndex((text) => text.startsWith(key)) + 1;
    expect(chained.origin).toMatchObject({ kind: 'file', name: key, file: AWS_CONFIG, line });
  });

  it.each([
    ['no such profile', BASE, 'there is no profile top', ''],
    ['no such profile, and none at all', '', 'there is no profile top', 'add it'],
    ['a near one', '[profile tops]\nregion = x\n', 'no profile top', 'tops'],
    ['another case', `[profile TOP]\n${KEYS}`, 'no profile top', 'TOP'],
    [
      'a missing source',
      `[profile top]\n${ROLE(2, 'base')}`,
      `base, which ${AWS_CONFIG}:3:18 names`,
      '',
    ],
    [
      'a source whose header has a capital',
      `[Profile base]\n${KEYS}[profile top]\n${ROLE(2, 'base')}`,
      'there is no profile base',
      `${AWS_CONFIG}:1 has [Profile base], not read`,
    ],
    [
      'nothing in it',
      '[profile top]\nregion = eu-west-1\n',
      `(${AWS_CONFIG}:1:1) holds neither`,
      'role_arn',
    ],
    [
      'nothing in its source',
      `[profile base]\noutput = json\n[profile top]\n${ROLE(2, 'base')}`,
      `base (${AWS_CONFIG}:1:1)`,
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
      `role_arn (${AWS_CONFIG}:4:12)`,
      '',
    ],
    [
      'role_arn alone',
      `[profile top]\n${ROLE(2)}`,
      `role_arn (${AWS_CONFIG}:2:12) but neither source_profile`,
      'source_profile =',
    ],
    [
      'role_arn with keys and no source',
      `[profile top]\n${ROLE(2)}${KEYS}`,
      'but neither source_profile',
      '',
    ],
    [
      'an empty source_profile',
      `[profile top]\n${ROLE(2)}source_profile =\n`,
      'but neither source_profile',
      '',
    ],
    [
      'a key ID alone',
      `[profile top]\n${HALF_ID}`,
      `${AWS_CONFIG}:2:21 has no aws_secret_access_key`,
      'add aws_secret',
    ],
    [
      'a secret alone',
      `[profile top]\n${HALF_SECRET}`,
      `${AWS_CONFIG}:2:25 has no aws_access_key_id`,
      'add aws_access',
    ],
    [
      'a key ID beside an empty secret',
      `[profile top]\n${HALF_ID}aws_secret_access_key =\n`,
      'half a key',
      '',
    ],
    [
      'a role that a block above has swallowed',
      `[profile top]\ns3 =\n  x = y\n  role_arn = arn:aws:iam::222222222222:role/r\n`,
      `holds neither keys nor a role: its role_arn is indented, and so a part of s3 (${AWS_CONFIG}:4:14)`,
      'put role_arn in the first column',
    ],
    [
      'a role that the value above has swallowed',
      `[profile top]\nregion = eu-west-1\n  role_arn = arn:aws:iam::222222222222:role/r\n`,
      `its role_arn is indented, and so a part of region (${AWS_CONFIG}:2:10)`,
      'put role_arn in the first column',
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
      `top → top (${AWS_CONFIG}:3:18)`,
      'holds keys',
    ],
    [
      'a loop of two',
      `[profile top]\n${ROLE(2, 'b')}[profile b]\n${ROLE(3, 'top')}`,
      `top → b → top (${AWS_CONFIG}:3:18, ${AWS_CONFIG}:6:18)`,
      'holds keys',
    ],
    [
      'a loop of three',
      `[profile top]\n${ROLE(2, 'b')}[profile b]\n${ROLE(3, 'c')}[profile c]\n${ROLE(4, 'top')}`,
      `top → b → c → top (${AWS_CONFIG}:3:18, ${AWS_CONFIG}:6:18, ${AWS_CONFIG}:9:18)`,
      '',
    ],
    [
      'a loop behind the top',
      `[profile top]\n${ROLE(2, 'b')}[profile b]\n${ROLE(3, 'c')}[profile c]\n${ROLE(4, 'b')}`,
      `b → c → b (${AWS_CONFIG}:6:18, ${AWS_CONFIG}:9:18)`,
      '',
    ],
    [
      'a source that names itself',
      `[profile top]\n${ROLE(2, 'b')}[profile b]\n${ROLE(3, 'b')}`,
      `b → b (${AWS_CONFIG}:6:18)`,
      '',
    ],
    [
      "a loop through the top profile's own keys",
      `[profile top]\n${KEYS}${ROLE(2, 'b')}[profile b]\n${ROLE(3, 'top')}`,
      `top → b → top (${AWS_CONFIG}:5:18, ${AWS_CONFIG}:8:18)`,
      'holds keys',
    ],
    [
      'a role of [default] for a profile without one',
      `${BASE}[default]\n${ROLE(2)}[profile top]\nsource_profile = base\n`,
      'holds neither',
      '',
    ],
    [
      'a profile that only stands for another',
      '[profile top]\ncredential_process = assume credential-process prod\n',
      `profile top: its credential_process (${AWS_CONFIG}:2:22) is assume itself`,
      'stands for prod',
    ],
    [
      'a source that only stands for another',
      `[profile b]\ncredential_process = assume credential-process --quiet prod\n[profile top]\n${ROLE(2, 'b')}`,
      `profile b: its credential_process (${AWS_CONFIG}:2:22) is assume itself`,
      'stands for prod',
    ],
    [
      'an inclusion of nothing',
      `[profile top]\ninclude_profile = nowhere\n${KEYS}`,
      `no profile nowhere, which ${AWS_CONFIG}:2:19 includes`,
      'include_profile',
    ],
    [
      'an inclusion of itself',
      `[profile top]\ninclude_profile = top\n${KEYS}`,
      `include_profile goes in a circle: top → top (${AWS_CONFIG}:2:19)`,
      '',
    ],
    [
      'a circle of inclusions',
      `[profile top]\ninclude_profile = a\n[profile a]\ninclude_profile = b\n[profile b]\ninclude_profile = a\n`,
      `circle: a → b → a (${AWS_CONFIG}:4:19, ${AWS_CONFIG}:6:19)`,
      '',
    ],
    [
      'a circle of inclusions in a source',
      `[profile b]\ninclude_profile = b\n${KEYS}[profile top]\n${ROLE(2, 'b')}`,
      'circle: b → b',
      '',
    ],
    [
      'a machine that AWS has not',
      `[profile top]\n${ROLE(2)}credential_source = EC2InstanceMetadata\n`,
      `${AWS_CONFIG}:3:21: credential_source cannot be EC2InstanceMetadata`,
      'Ec2InstanceMetadata',
    ],
    [
      'a machine like nothing',
      '[profile top]\ncredential_source = zzz\n',
      'cannot be zzz',
      'Environment, Ec2InstanceMetadata, EcsContainer',
    ],
    [
      'both kinds of source, in a source',
      `${BASE}[profile b]\n${ROLE(2, 'base')}credential_source = EcsContainer\n[profile top]\n${ROLE(3, 'b')}`,
      'profile b has both',
      'one of the two',
    ],
    [
      'a token without a role',
      `[profile top]\n${TOKEN}`,
      `${AWS_CONFIG}:2:27: top has no role_arn`,
      '',
    ],
    [
      'a token for what is no role',
      `[profile top]\nrole_arn = arn:aws:iam::111122223333:user/x\n${TOKEN}`,
      `${AWS_CONFIG}:2:12: role_arn of profile top`,
      'role',
    ],
    [
      'a token for a moment',
      `[profile top]\n${ROLE(2)}${TOKEN}duration_seconds = 1m\n`,
      `${AWS_CONFIG}:4:20: duration_seconds of profile top`,
      '900',
    ],
    [
      'an account without a role',
      '[profile top]\nsso_account_id = 111122223333\n',
      `${AWS_CONFIG}:2:18: top has no sso_role_name`,
      'add sso_role_name',
    ],
    [
      'an account with hyphens',
      `[profile top]\n${SSO.replace('111122223333', '1111-2222-3333')}`,
      `${AWS_CONFIG}:4:18: sso_account_id of profile top`,
      'twelve digits',
    ],
    [
      'a role with blanks',
      `[profile top]\n${SSO.replace('Admin', 'my role')}`,
      `${AWS_CONFIG}:5:17: sso_role_name of profile top`,
      '1 to 64 letters',
    ],
    [
      'a start URL that is none',
      `[profile top]\n${SSO.replace('https://', '')}`,
      `${AWS_CONFIG}:2:17: sso_start_url of profile top`,
      'https://',
    ],
    [
      'a region that is none',
      `[profile top]\n${SSO.replace('us-east-1', 'US East')}`,
      `${AWS_CONFIG}:3:14: sso_region of profile top`,
      'eu-west-1',
    ],
    [
      'a session that is not there',
      `[profile top]\n${SSO}sso_session = corp\n[sso-session crop]\nsso_region = x\n`,
      `no [sso-session corp], which ${AWS_CONFIG}:6:15 names`,
      'crop',
    ],
    [
      'a session without its region',
      `[profile top]\n${SSO}sso_session = corp\n[sso-session corp]\nsso_start_url = https://x.example\n`,
      `${AWS_CONFIG}:8:17: corp has no sso_region`,
      '',
    ],
    [
      'a login that is no ARN',
      '[profile top]\nlogin_session = jane\n',
      `${AWS_CONFIG}:2:17: login_session of profile top`,
      'arn:',
    ],
    [
      'both kinds of source',
      `${BASE}[profile top]\n${ROLE(2, 'base')}credential_source = Environment\n`,
      `credential_source (${AWS_CONFIG}:7:21) and source_profile (${AWS_CONFIG}:6:18)`,
      'one of the two',
    ],
  ])('refuses %s', (_, config, message, hint) => {
    const error = thrownBy(() => chainOf(config));
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain(message);
    expect(error.hint ?? '').toContain(hint);
    expect(`${error.message}${error.hint ?? ''}`).not.toContain('wJalr');
  });

  it('finds a loop of a thousand in a moment, and is brief about it', () => {
    const count = 1000;
    const config = Array.from({ length: count }, (_, index) => {
      const name = index === 0 ? 'top' : `p${String(index)}`;
      const next = index + 1 === count ? 'top' : `p${String(index + 1)}`;
      return `[profile ${name}]\n${ROLE(2, next)}`;
    }).join('');
    const { aws } = configuredHost({ config }).config;
    const loop = () => thrownBy(() => resolveProfileChain(aws, {}, 'top'));
    // The best of several: a busy machine slows any one.
    const tries = Array.from({ length: 20 }, () => {
      const begun = performance.now();
      loop();
      return performance.now() - begun;
    });
    expect(Math.min(...tries)).toBeLessThan(100);
    const error = loop();
    expect(error.message).toContain('top → p1 → p2 → p3 → p4 → 995 more (');
    expect(error.message.split(AWS_CONFIG)).toHaveLength(6);
  });

  it('names the credentials file where the value stands there', () => {
    const error = thrownBy(() => chainOf('', `[top]\n\n${HALF_ID}`));
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
    ['sso_account_id = x', true, false],
    ['sso_role_name = x', true, false],
    ['sso_session = x', false, false],
    ['sso_start_url = x', false, false],
    ['login_session = x', true, false],
    ['credential_source = x', true, false],
    ['web_identity_token_file = x', true, false],
    ['source_profile = x', false, false],
    ['mfa_serial = x', false, false],
  ])('"%s" names credentials: %s, a role: %s', (line, credentials, role) => {
    const { profiles } = configuredHost({ config: `[profile top]\n${line}\n` }).config.aws;
    const top = profiles.get('top');
    expect(top && namesCredentials(top)).toBe(credentials);
    expect(top && isHop(top)).toBe(role);
  });
});
