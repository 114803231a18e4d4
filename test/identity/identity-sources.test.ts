import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/host/host.js';
import { IDENTITY_READERS, loadIdentity } from '../../src/identity/identity-sources.js';
import { findIdentity } from '../../src/target/find-identity.js';
import type { IdentitySource } from '../../src/target/target.js';
import { configuredHost, KEYS, type UserFiles } from '../support/configured-host.js';
import { rejectionOf } from '../support/thrown-by.js';

const ENV_KEYS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'fake-secret',
};
const FROM_ENVIRONMENT = '[identity e]\ncredentials = environment\n';

function load(texts: UserFiles, env: Environment = {}) {
  const { host, config } = configuredHost(texts, { env });
  return loadIdentity(findIdentity(config, host.env, null).identity, config, host);
}

describe('the keys of an identity', () => {
  it.each<[string, UserFiles, Environment, string, string | null]>([
    [
      'a profile',
      { credentials: `[default]\n${KEYS}` },
      {},
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      null,
    ],
    [
      'a profile with a token',
      { credentials: `[default]\n${KEYS}aws_session_token = t1\n` },
      {},
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      't1',
    ],
    [
      'a profile with a legacy token',
      { config: `[default]\n${KEYS}aws_security_token = t2\n` },
      {},
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      't2',
    ],
    ['the environment', { assume: FROM_ENVIRONMENT }, ENV_KEYS, 'fake-secret', null],
    [
      'the environment, with a token',
      { assume: FROM_ENVIRONMENT },
      { ...ENV_KEYS, AWS_SESSION_TOKEN: 't3' },
      'fake-secret',
      't3',
    ],
    [
      'the environment, with a legacy token',
      { assume: FROM_ENVIRONMENT },
      { ...ENV_KEYS, AWS_SESSION_TOKEN: '', AWS_SECURITY_TOKEN: 't4' },
      'fake-secret',
      't4',
    ],
  ])('come from %s', async (_, texts, env, secret, token) => {
    const credentials = await load(texts, env);
    expect(credentials.accessKeyId).toBe('AKIAIOSFODNN7EXAMPLE');
    expect(credentials.secretAccessKey.reveal()).toBe(secret);
    expect(credentials.sessionToken?.reveal() ?? null).toBe(token);
    expect(credentials.expiration).toBeNull();
  });

  it('expire when the environment says so', async () => {
    const env = { ...ENV_KEYS, AWS_CREDENTIAL_EXPIRATION: '2026-01-02T04:00:00Z' };
    const { expiration } = await load({ assume: FROM_ENVIRONMENT }, env);
    expect(expiration).toEqual(new Date('2026-01-02T04:00:00Z'));
    const odd = { ...ENV_KEYS, AWS_CREDENTIAL_EXPIRATION: 'soon' };
    expect((await load({ assume: FROM_ENVIRONMENT }, odd)).expiration).toBeNull();
  });

  it.each<[string, UserFiles, Environment, string, string]>([
    [
      'an environment without keys',
      { assume: FROM_ENVIRONMENT },
      {},
      'IDENTITY_INVALID',
      'no AWS keys',
    ],
    [
      'an environment with half of them',
      { assume: FROM_ENVIRONMENT },
      { AWS_ACCESS_KEY_ID: 'A' },
      'IDENTITY_INVALID',
      'no AWS keys',
    ],
    [
      'an environment that assume filled',
      { assume: FROM_ENVIRONMENT },
      { ...ENV_KEYS, ASSUME_TARGET: 'prod' },
      'IDENTITY_INVALID',
      'assume delivered',
    ],
    ['the keychain', { assume: '[identity k]\n' }, {}, 'STORE_UNAVAILABLE', 'keychain'],
  ])('are refused from %s', async (_, texts, env, code, message) => {
    const error = await rejectionOf(load(texts, env));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.hint).toBeTruthy();
  });
});

describe('each reader', () => {
  const sources: IdentitySource[] = [
    { kind: 'profile', profile: 'default' },
    { kind: 'environment' },
    { kind: 'keychain', identity: 'k' },
  ];

  it.each(sources.map((source) => [source.kind, source] as const))(
    'of all, one alone answers for %s',
    async (_, source) => {
      const { host, config } = configuredHost(
        { credentials: `[default]\n${KEYS}` },
        { env: ENV_KEYS },
      );
      const answers = await Promise.all(
        IDENTITY_READERS.map((reader) =>
          reader.read(source, config, host).then(
            (credentials) => credentials !== null,
            () => true,
          ),
        ),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
    },
  );
});
