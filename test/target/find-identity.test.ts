import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/host/host.js';
import { findIdentity, hasOwnKeys, startOfBase } from '../../src/target/find-identity.js';
import { fromFlag, type Given } from '../../src/target/target.js';
import {
  ASSUME_INI,
  AWS_CREDENTIALS,
  configuredHost,
  KEYS,
  type UserFiles,
} from '../support/configured-host.js';
import { thrownBy } from '../support/thrown-by.js';

const ENV_KEYS = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'fake' };
const DELIVERED = { ...ENV_KEYS, AWS_SESSION_TOKEN: 'fake', ASSUME_TARGET: 'prod' };
const profile = (...names: string[]): string => names.map((name) => `[${name}]\n${KEYS}`).join('');
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
    ['an empty name', { credentials: profile('x') }, {}, '', 'no identity', ''],
    [
      'a source of a later version',
      { assume: '[identity a]\ncredentials = process:cat\n' },
      {},
      null,
      `"process" (${ASSUME_INI}:2)`,
      'profile:NAME',
    ],
    ['sso', { assume: '[identity a]\ncredentials = sso:x\n' }, {}, null, '"sso"', ''],
    [
      'half a key',
      { credentials: '[default]\naws_access_key_id = A\n' },
      {},
      null,
      'half a key',
      '',
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
      origin: { kind: 'file', name: 'credentials', file: ASSUME_INI, line: 5 },
    });
    expect(identity.accessKeyId).toEqual({
      value: 'AKIAIOSFODNN7EXAMPLE',
      origin: { kind: 'file', name: 'aws_access_key_id', file: AWS_CREDENTIALS, line: 2 },
    });
    expect(identity.accountId).toMatchObject({ value: '111122223333', origin: { line: 7 } });
    expect(identity.userName).toMatchObject({ value: 'jane.doe', origin: { line: 6 } });
    expect(identity.mfaCommand).toMatchObject({ value: 'own', origin: { line: 8 } });
    expect(identity.sessionDurationSeconds).toMatchObject({ value: 7200, origin: { line: 3 } });
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
    const base = config.aws.profiles.get('base');
    if (!base) throw new Error('no base');
    const start = startOfBase(config, base, null);
    expect(start.identity.name).toBe(name);
    expect(start.identity.source.origin).toMatchObject({ kind: 'flag', name: 'TARGET' });
  });
});

it('starts from no other identity in a shell that began with keys of its own', () => {
  const { config } = configuredHost({ credentials: `[default]\n${KEYS}` });
  const start = findIdentity(config, { ASSUME_TARGET: 'a', ASSUME_BEFORE_KEYS: '1' }, null);
  expect(start.identity).toMatchObject({ name: 'environment', accessKeyId: null });
});
