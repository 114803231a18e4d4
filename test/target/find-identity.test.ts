import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/host/host.js';
import { hasOwnKeys } from '../../src/target/ambient-specs.js';
import { findIdentity, startOfProfile } from '../../src/target/find-identity.js';
import { resolveProfileChain } from '../../src/target/profile-chain.js';
import { fromFlag, type Given } from '../../src/target/target.js';
import {
  ASSUME_INI,
  AWS_CONFIG,
  AWS_CREDENTIALS,
  configuredHost,
  KEYS,
  type UserFiles,
} from '../support/configured-host.js';
import { thrownBy } from '../support/thrown-by.js';

const ENV_KEYS = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'fake' };
const WEB = {
  AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/pod',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/run/token',
};
const DELIVERED = { ...ENV_KEYS, AWS_SESSION_TOKEN: 'fake', ASSUME_TARGET: 'prod' };
const profile = (...names: string[]): string => names.map((name) => `[${name}]\n${KEYS}`).join('');
const WRITTEN = 'aws_session_token = t\nx_assume_target = prod\n';
const NEXT = `${profile('assume-rotating-base')}x_assume_target = the next key of base\n`;
const ROLE = 'role_arn = arn:aws:iam::111122223333:role/x\nsource_profile = ';
const named = (value: string): Given<string> => ({ value, origin: fromFlag('--identity') });

const find = (texts: UserFiles, env: Environment = {}, wanted: string | null = null) =>
  findIdentity(configuredHost(texts).config, env, wanted === null ? null : named(wanted));

const IDENTITY = '[identity shared]\ncredentials = profile:base\nuser_name = jane.doe\n';

describe('the identity that targets start from', () => {
  it.each<[string, UserFiles, Environment, string, string, string]>([
    [
      'the only section',
      { assume: IDENTITY, credentials: profile('base') },
      {},
      'shared',
      'profile',
      'credentials',
    ],
    [
      'a section before keys in the environment',
      { assume: IDENTITY, credentials: profile('base') },
      ENV_KEYS,
      'shared',
      'profile',
      'credentials',
    ],
    [
      'a section before AWS_PROFILE',
      { assume: IDENTITY, credentials: profile('base', 'x') },
      { AWS_PROFILE: 'x' },
      'shared',
      'profile',
      'credentials',
    ],
    [
      'a section without credentials: the keychain',
      { assume: '[identity shared]\n' },
      {},
      'shared',
      'keychain',
      'credentials',
    ],
    [
      'keys in the environment before AWS_PROFILE',
      { credentials: profile('x') },
      { ...ENV_KEYS, AWS_PROFILE: 'x' },
      'environment',
      'environment',
      'AWS_ACCESS_KEY_ID',
    ],
    [
      'AWS_PROFILE before default',
      { credentials: profile('default', 'x') },
      { AWS_PROFILE: 'x' },
      'x',
      'profile',
      'AWS_PROFILE',
    ],
    [
      'AWS_PROFILE before AWS_DEFAULT_PROFILE',
      { credentials: profile('default', 'x', 'y') },
      { AWS_PROFILE: 'x', AWS_DEFAULT_PROFILE: 'y' },
      'x',
      'profile',
      'AWS_PROFILE',
    ],
    [
      'AWS_DEFAULT_PROFILE before default',
      { credentials: profile('default', 'y') },
      { AWS_PROFILE: '', AWS_DEFAULT_PROFILE: 'y' },
      'y',
      'profile',
      'AWS_DEFAULT_PROFILE',
    ],
    [
      'AWS_DEFAULT_PROFILE as it was before the target',
      { credentials: profile('default', 'x', 'y') },
      { ...DELIVERED, ASSUME_BEFORE_AWS_DEFAULT_PROFILE: 'y', AWS_PROFILE: 'x' },
      'y',
      'profile',
      'ASSUME_BEFORE_AWS_DEFAULT_PROFILE',
    ],
    [
      'default before the others',
      { credentials: profile('x', 'default') },
      {},
      'default',
      'profile',
      'profile',
    ],
    [
      'the only profile with keys',
      { credentials: profile('x'), config: `[profile y]\n${ROLE}x\n` },
      {},
      'x',
      'profile',
      'profile',
    ],
    [
      'the only profile with keys beside its next key of a rotation',
      { credentials: profile('x') + NEXT },
      {},
      'x',
      'profile',
      'profile',
    ],
    [
      'the only profile with keys beside a default that has only a region',
      { credentials: profile('x'), config: '[default]\nregion = eu-west-1\n' },
      {},
      'x',
      'profile',
      'profile',
    ],
    [
      'the only profile with keys beside a default that assume write has written',
      { credentials: `${profile('x')}[default]\n${KEYS}${WRITTEN}` },
      {},
      'x',
      'profile',
      'profile',
    ],
    [
      'default, where AWS_PROFILE names what assume write has written',
      { credentials: `${profile('x', 'default')}[prod]\n${KEYS}${WRITTEN}` },
      { AWS_PROFILE: 'prod' },
      'default',
      'profile',
      'profile',
    ],
    [
      'the only one with long-term keys',
      { credentials: `${profile('x')}[y]\n${KEYS}aws_session_token = t\n` },
      {},
      'x',
      'profile',
      'profile',
    ],
    [
      'the only one without a legacy token',
      { credentials: `${profile('x')}[y]\n${KEYS}aws_security_token = t\n` },
      {},
      'x',
      'profile',
      'profile',
    ],
    [
      'half of keys in the environment count for nothing',
      { credentials: profile('x') },
      { AWS_ACCESS_KEY_ID: 'A' },
      'x',
      'profile',
      'profile',
    ],
    [
      'keys that assume delivered count for nothing',
      { credentials: profile('x') },
      DELIVERED,
      'x',
      'profile',
      'profile',
    ],
    [
      'AWS_PROFILE as it was before the target',
      { credentials: profile('default', 'x') },
      { ...DELIVERED, ASSUME_BEFORE_AWS_PROFILE: 'x' },
      'x',
      'profile',
      'ASSUME_BEFORE_AWS_PROFILE',
    ],
    [
      'not an AWS_PROFILE that came after the target',
      { credentials: profile('default', 'x') },
      { ...DELIVERED, AWS_PROFILE: 'x' },
      'default',
      'profile',
      'profile',
    ],
    [
      'a blank AWS_PROFILE is none',
      { credentials: profile('default') },
      { AWS_PROFILE: '' },
      'default',
      'profile',
      'profile',
    ],
    [
      'a default that is a role before a web identity, as for the AWS CLI',
      { credentials: profile('x'), config: `[default]\n${ROLE}x\n` },
      { AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/pod', AWS_WEB_IDENTITY_TOKEN_FILE: '/t' },
      'x',
      'profile',
      'profile',
    ],
    [
      'a web identity before default',
      { credentials: profile('default') },
      WEB,
      'web-identity',
      'web-identity',
      'AWS_WEB_IDENTITY_TOKEN_FILE',
    ],
    [
      'AWS_PROFILE before a web identity',
      { credentials: profile('x') },
      { ...WEB, AWS_PROFILE: 'x' },
      'x',
      'profile',
      'AWS_PROFILE',
    ],
    [
      'default before a container',
      { credentials: profile('default') },
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/x' },
      'default',
      'profile',
      'profile',
    ],
    [
      'a container before the only profile with keys',
      { credentials: profile('x') },
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/x' },
      'container',
      'container',
      'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    ],
    [
      'the relative URI of a container before the full one',
      {},
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/x',
        AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/x',
      },
      'container',
      'container',
      'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    ],
    [
      'a web identity as it was before the target',
      { credentials: profile('default') },
      {
        ...DELIVERED,
        ...Object.fromEntries(
          Object.entries(WEB).map(([key, value]) => [`ASSUME_BEFORE_${key}`, value]),
        ),
      },
      'web-identity',
      'web-identity',
      'ASSUME_BEFORE_AWS_WEB_IDENTITY_TOKEN_FILE',
    ],
    [
      'a container as it was before the target',
      {},
      { ...DELIVERED, ASSUME_BEFORE_AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/x' },
      'container',
      'container',
      'ASSUME_BEFORE_AWS_CONTAINER_CREDENTIALS_FULL_URI',
    ],
    [
      'not a container that came after the target',
      { credentials: profile('default') },
      { ...DELIVERED, AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/x' },
      'default',
      'profile',
      'profile',
    ],
  ])('is %s', (_, texts, env, name, kind, origin) => {
    const { identity } = find(texts, env);
    expect(identity.name).toBe(name);
    expect(identity.source.value.kind).toBe(kind);
    expect(identity.source.origin.name).toBe(origin);
  });

  it.each<[string, UserFiles, Environment, string | null, string, string]>([
    [
      'several sections',
      { assume: '[identity a]\n[identity b]\n' },
      {},
      null,
      'several identities',
      'identity = a',
    ],
    ['nothing at all', {}, {}, null, 'whose keys', 'aws configure'],
    ['several profiles', { credentials: profile('x', 'y') }, {}, null, 'whose keys', 'x, y'],
    [
      'an AWS_DEFAULT_PROFILE that is not there',
      { credentials: profile('x') },
      { AWS_DEFAULT_PROFILE: 'nowhere' },
      null,
      'nowhere, which AWS_DEFAULT_PROFILE names',
      'x',
    ],
    [
      'an AWS_PROFILE whose header nobody reads',
      { credentials: profile('x'), config: '\n[Profile lost]\n' },
      { AWS_PROFILE: 'lost' },
      null,
      'lost, which AWS_PROFILE names',
      `${AWS_CONFIG}:2 has [Profile lost], not read`,
    ],
    [
      'an AWS_PROFILE that is not there',
      { credentials: profile('x') },
      { AWS_PROFILE: 'nowhere' },
      null,
      '',
      '',
    ],
    [
      'a name that is not there',
      { credentials: profile('shared') },
      {},
      'shard',
      'no identity shard',
      'shared',
    ],
    ['a name like nothing', {}, {}, 'zzz', 'no identity zzz', '[identity NAME]'],
    [
      'a name like none of those there are',
      { assume: '[identity me]\n[identity you]\n', credentials: profile('base') },
      {},
      'nobody',
      'no identity nobody',
      'one of: me, you, base',
    ],
    [
      'a name like the next key of a rotation',
      { credentials: profile('base') + NEXT },
      {},
      'assume-rotating-bas',
      'no identity assume-rotating-bas',
      'one of: base',
    ],
    [
      'a name like the last of them',
      { assume: '[identity me]\n[identity you]\n', credentials: profile('base') },
      {},
      'bsae',
      'no identity bsae',
      'one of: base, me, you',
    ],
    [
      'one of more than anybody reads',
      { assume: Array.from({ length: 30 }, (_, at) => `[identity i${String(at)}]\n`).join('') },
      {},
      'i29x',
      'no identity i29x',
      'one of: i29, i0, i1, i2, i3, i4, i5, i6, i7, i8, and 20 more',
    ],
    [
      'a profile that the files leave out',
      { config: '[base]\nregion = eu-west-1\n', credentials: profile('other') },
      {},
      'base',
      'no identity base',
      `${AWS_CONFIG}:1 has [base], not read: a profile's header in the config file reads [profile base]`,
    ],
    ['an empty name', { credentials: profile('x') }, {}, '', 'no identity', ''],
    [
      'a session of IAM Identity Center that is not there',
      { assume: '[identity a]\ncredentials = sso:corp/111122223333/Admin\n' },
      {},
      null,
      `no [sso-session corp], which ${ASSUME_INI}:2:15 names`,
      'aws configure sso-session',
    ],
    [
      'half a key',
      { credentials: '[default]\naws_access_key_id = A\n' },
      {},
      null,
      'half a key',
      '',
    ],
    [
      'a process that is assume itself',
      { assume: '[identity a]\ncredentials = process:assume credential-process prod\n' },
      {},
      null,
      `${ASSUME_INI}:2:15: nothing can start from identity a`,
      'profile:NAME',
    ],
    [
      'a profile that only stands for another',
      { config: '[profile x]\ncredential_process = assume credential-process prod\n' },
      { AWS_PROFILE: 'x' },
      null,
      'nothing can start from profile x',
      'prod',
    ],
    ['a section whose profile is not there', { assume: IDENTITY }, {}, null, 'no profile base', ''],
  ])('is not guessed: %s', (_, texts, env, wanted, message, hint) => {
    const error = thrownBy(() => find(texts, env, wanted));
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain(message);
    expect(error.hint ?? '').toContain(hint);
  });

  it.each<[string, UserFiles, string, string]>([
    [
      'a section',
      {
        assume: '[identity a]\ncredentials = profile:x\n[identity b]\n',
        credentials: profile('x'),
      },
      'a',
      'a',
    ],
    [
      'a section before a profile of that name',
      { assume: '[identity x]\ncredentials = profile:y\n', credentials: profile('x', 'y') },
      'x',
      'x',
    ],
    [
      'a profile by its full name',
      { assume: '[identity x]\ncredentials = profile:y\n', credentials: profile('x', 'y') },
      'profile:x',
      'x',
    ],
    ['a profile', { credentials: profile('x', 'y') }, 'y', 'y'],
    [
      'the section that reads that profile',
      { assume: IDENTITY, credentials: profile('base') },
      'base',
      'shared',
    ],
  ])('is the wanted one: %s', (_, texts, wanted, name) => {
    expect(find(texts, ENV_KEYS, wanted).identity.name).toBe(name);
  });

  it('starts behind the roles of a profile that is one', () => {
    const config = `[profile mid]\n${ROLE}base\n[profile top]\n${ROLE}mid\n`;
    const { identity, hops, base } = find({ config, credentials: profile('base') }, {}, 'top');
    expect(identity.name).toBe('base');
    expect(base?.name).toBe('base');
    expect(hops.map((hop) => hop.name)).toEqual(['mid', 'top']);
  });
});

describe('what is known of it', () => {
  it('has the place of each value', () => {
    const assume = `[settings]\nmfa_command = settings\nsession_duration = 2h\n${IDENTITY}account_id = 111122223333\nmfa_command = own\n`;
    const { identity } = find({ assume, credentials: profile('base') });
    expect(identity.source).toEqual({
      value: { kind: 'profile', profile: 'base' },
      origin: { kind: 'file', name: 'credentials', file: ASSUME_INI, line: 5, column: 15 },
    });
    expect(identity.accessKeyId).toEqual({
      value: 'AKIAIOSFODNN7EXAMPLE',
      origin: {
        kind: 'file',
        name: 'aws_access_key_id',
        file: AWS_CREDENTIALS,
        line: 2,
        column: 21,
      },
    });
    expect(identity.accountId).toMatchObject({ value: '111122223333', origin: { line: 7 } });
    expect(identity.userName).toMatchObject({ value: 'jane.doe', origin: { line: 6 } });
    expect(identity.mfaCommand).toMatchObject({ value: 'own', origin: { line: 8 } });
    expect(identity.sessionDurationSeconds).toMatchObject({ value: 7200, origin: { line: 3 } });
  });

  it('has the place that describes it beside the one that chose it', () => {
    const config = '[profile base]\nregion = x\ncredential_process = cat keys\n';
    const { identity } = find({ assume: IDENTITY, config });
    expect(identity.source.origin).toMatchObject({ file: ASSUME_INI, line: 2 });
    expect(identity.definedAt).toEqual({
      ...{ kind: 'file', name: 'credential_process', file: AWS_CONFIG, line: 3, column: 22 },
    });
    const assume = '[identity a]\ncredentials = process:cat keys\n';
    expect(find({ assume }).identity.definedAt).toMatchObject({ file: ASSUME_INI, line: 2 });
    const { definedAt } = find({}, ENV_KEYS).identity;
    expect(definedAt).toMatchObject({ kind: 'variable', name: 'AWS_ACCESS_KEY_ID' });
  });

  it.each<[string, string, string | null]>([
    ['static keys', `${KEYS}aws_account_id = 111122223333\n`, '111122223333'],
    ['a process', 'credential_process = x\naws_account_id = 111122223333\n', '111122223333'],
    [
      'a web identity, by its role',
      'role_arn = arn:aws:iam::111122223333:role/x\nweb_identity_token_file = /t\n',
      '111122223333',
    ],
    ['nothing that says it', KEYS, null],
  ])('knows the account of %s', (_, lines, accountId) => {
    const { identity } = find({ config: `[default]\n${lines}` });
    expect(identity.accountId?.value ?? null).toBe(accountId);
  });

  it('takes no account that is none', () => {
    const config = `[default]\n${KEYS}aws_account_id = 1111-2222-3333\n`;
    expect(find({ config }).identity.accountId).toBeNull();
  });

  it.each<[string, boolean | null]>([
    ['credential_process = x', null],
    ['login_session = arn:aws:iam::111122223333:user/jane', true],
    ['credential_source = Ec2InstanceMetadata', true],
    ['credential_source = EcsContainer', true],
    ['role_arn = arn:aws:iam::111122223333:role/x\nweb_identity_token_file = /t', true],
  ])('knows of %j whether it gives temporary credentials: %s', (lines, isTemporary) => {
    const { identity } = find({ config: `[default]\n${lines}\n` });
    expect(identity.isTemporary).toBe(isTemporary);
    expect(identity.accessKeyId).toBeNull();
  });

  it.each<[string, UserFiles, Environment, boolean]>([
    ['static keys', { credentials: profile('default') }, {}, false],
    ['a token', { credentials: `[default]\n${KEYS}aws_session_token = t\n` }, {}, true],
    ['a legacy token', { credentials: `[default]\n${KEYS}aws_security_token = t\n` }, {}, true],
    ['an empty token', { credentials: `[default]\n${KEYS}aws_session_token =\n` }, {}, false],
    ['keys in the environment', {}, ENV_KEYS, false],
    ['a token in the environment', {}, { ...ENV_KEYS, AWS_SESSION_TOKEN: 't' }, true],
    ['a legacy token there', {}, { ...ENV_KEYS, AWS_SECURITY_TOKEN: 't' }, true],
    ['a blank token there', {}, { ...ENV_KEYS, AWS_SESSION_TOKEN: '' }, false],
    [
      'a legacy token beside a blank one',
      {},
      { ...ENV_KEYS, AWS_SESSION_TOKEN: '', AWS_SECURITY_TOKEN: 't' },
      true,
    ],
  ])('%s are temporary credentials: %#', (_, texts, env, isTemporary) => {
    expect(find(texts, env).identity.isTemporary).toBe(isTemporary);
  });

  it('knows no key of an environment that belongs to a target', () => {
    const assume = '[identity e]\ncredentials = environment\n';
    expect(find({ assume }, DELIVERED).identity.accessKeyId).toBeNull();
    expect(find({ assume }, ENV_KEYS).identity.accessKeyId?.value).toBe('AKIAIOSFODNN7EXAMPLE');
    expect(hasOwnKeys(DELIVERED)).toBe(false);
    expect(hasOwnKeys(ENV_KEYS)).toBe(true);
    expect(hasOwnKeys({ ...ENV_KEYS, AWS_SECRET_ACCESS_KEY: '' })).toBe(false);
  });
});

describe('the section that speaks for a base profile', () => {
  const READERS =
    '[identity a]\ncredentials = profile:base\n[identity b]\ncredentials = profile:base\n';

  it.each([
    ['none', '', 'base'],
    ['none that reads it', '[identity a]\ncredentials = profile:other\n', 'base'],
    ['the only one', IDENTITY, 'shared'],
    ['the first of two', READERS, 'a'],
    ['the one that settings choose', `[settings]\nidentity = b\n${READERS}`, 'b'],
    [
      'the first, where settings choose another',
      `[settings]\nidentity = c\n[identity c]\n${READERS}`,
      'a',
    ],
  ])('is %s', (_, assume, name) => {
    const { config } = configuredHost({ assume, config: `[profile base]\n${KEYS}` });
    const start = startOfProfile(config, {}, resolveProfileChain(config.aws, {}, 'base'));
    expect(start.identity.name).toBe(name);
    expect(start.identity.source.origin).toMatchObject({ kind: 'flag', name: 'TARGET' });
  });

  it.each([
    ['Environment', 'environment'],
    ['EcsContainer', 'container'],
    ['Ec2InstanceMetadata', 'instance-metadata'],
  ])('is the one that reads what %s is', (source, credentials) => {
    const assume = `[identity a]\ncredentials = profile:x\n[identity b]\ncredentials = ${credentials}\n`;
    const config = `[profile x]\nrole_arn = arn:aws:iam::111122223333:role/x\ncredential_source = ${source}\n`;
    const host = configuredHost({ assume, config });
    const chain = resolveProfileChain(host.config.aws, {}, 'x');
    expect(startOfProfile(host.config, {}, chain).identity.name).toBe('b');
  });
});

it('starts from no other identity in a shell that began with keys of its own', () => {
  const { config } = configuredHost({ credentials: `[default]\n${KEYS}` });
  const start = findIdentity(config, { ASSUME_TARGET: 'a', ASSUME_BEFORE_KEYS: '1' }, null);
  expect(start.identity).toMatchObject({ name: 'environment', accessKeyId: null });
});
