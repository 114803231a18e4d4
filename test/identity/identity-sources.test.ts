import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/host/host.js';
import { IDENTITY_SOURCES, readIdentity } from '../../src/identity/identity-sources.js';
import type { IdentitySpec } from '../../src/target/identity-spec.js';
import { KEYS, type UserFiles } from '../support/configured-host.js';
import { errandOf } from '../support/errand.js';
import { rejectionOf } from '../support/thrown-by.js';

const ENV_KEYS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'fake-secret',
};
const FROM_ENVIRONMENT = '[identity e]\ncredentials = environment\n';

function load(texts: UserFiles, env: Environment = {}) {
  return readIdentity(errandOf(texts, { env }));
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
    [
      'an environment whose keys have expired',
      { assume: FROM_ENVIRONMENT },
      { ...ENV_KEYS, AWS_CREDENTIAL_EXPIRATION: '2026-01-02T03:00:00Z' },
      'IDENTITY_INVALID',
      'expired at 2026-01-02T03:00:00Z',
    ],
    ['the keychain', { assume: '[identity k]\n' }, {}, 'STORE_UNAVAILABLE', 'keychain'],
  ])('are refused from %s', async (_, texts, env, code, message) => {
    const error = await rejectionOf(load(texts, env));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.hint).toBeTruthy();
  });
});

describe('each source', () => {
  const specs: IdentitySpec[] = [
    { kind: 'profile', profile: 'default' },
    { kind: 'environment' },
    { kind: 'keychain', identity: 'k' },
    { kind: 'process', command: 'print-keys' },
    {
      ...{ kind: 'sso', session: 'acme', startUrl: 'https://x.example/start', scopes: [] },
      ...{ region: 'eu-west-1', accountId: '111122223333', roleName: 'Developer' },
    },
    { kind: 'login', session: 'arn:aws:iam::111122223333:user/jane', region: null },
  ];

  it.each(specs.map((spec) => [spec.kind, spec] as const))(
    'of all, one alone answers for %s',
    async (_, spec) => {
      const errand = errandOf({ credentials: `[default]\n${KEYS}` }, { env: ENV_KEYS });
      const answers = await Promise.all(
        IDENTITY_SOURCES.map((source) =>
          source.read(spec, errand).then(
            (credentials) => credentials !== null,
            () => true,
          ),
        ),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
    },
  );
});
