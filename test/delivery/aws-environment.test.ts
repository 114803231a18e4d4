import { describe, expect, it } from 'vitest';
import {
  makeVariables,
  removedVariables,
  withVariables,
} from '../../src/delivery/aws-environment.js';
import { formatInstant } from '../../src/delivery/format-instant.js';
import { givenBack, makeShellVariables, parseOptions } from '../../src/delivery/shell-variables.js';
import { formatSwitch, timeLeft } from '../../src/delivery/switch-line.js';
import { parseArgv } from '../../src/argv.js';
import { Secret } from '../../src/credentials.js';
import { assumptionOf } from '../support/assumption.js';
import { KEYS } from '../support/configured-host.js';

const TEXTS = {
  credentials: `[base]\n${KEYS}`,
  assume:
    '[customer acme]\n[account prod]\nid = 444444444444\ncustomer = acme\nregion = eu-west-1\nroles = admin\ncolor = red\n',
};

describe('the environment of a target', () => {
  it('is exactly this', async () => {
    const { assumption, answer } = await assumptionOf(TEXTS, 'prod/admin');
    const set = Object.entries(makeVariables(assumption, answer, {})).filter(
      ([, value]) => value !== null,
    );
    expect(Object.fromEntries(set)).toEqual({
      AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'fake-delivered-secret',
      AWS_SESSION_TOKEN: 'fake-delivered-token',
      AWS_CREDENTIAL_EXPIRATION: '2026-01-02T04:04:05Z',
      AWS_SESSION_EXPIRATION: '2026-01-02T04:04:05Z',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      ASSUME_TARGET: 'prod/admin',
      ASSUME_ROLE_ARN: 'arn:aws:iam::444444444444:role/admin',
      ASSUME_ACCOUNT_ID: '444444444444',
      ASSUME_EXPIRATION: '2026-01-02T04:04:05Z',
      AWSUME_PROFILE: 'prod/admin',
    });
  });

  it.each([
    ...['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SECURITY_TOKEN', 'AWS_ACCOUNT_ID'],
    ...['AWS_CREDENTIAL_SCOPE', 'AWS_CREDENTIAL_FILE', 'AWS_ROLE_ARN', 'AWS_ROLE_SESSION_NAME'],
    ...['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'],
    ...['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN'],
    ...['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', 'AWS_VAULT', 'ASSUME_MFA_CODE'],
    ...[
      'AWSUME_SKIP_ALIAS',
      'GRANTED_SSO',
      'ASSUME_OPTIONS',
      'ASSUME_BEFORE_AWS_PROFILE',
      'ASSUME_SHELL',
      'ASSUME_HOOK',
    ],
  ])('has no %s, whoever set it', async (name) => {
    const { assumption, answer } = await assumptionOf(TEXTS, 'prod/admin');
    const env = { [name]: 'stale', PATH: '/bin' };
    const variables = makeVariables(assumption, answer, env);
    expect(variables[name]).toBeNull();
    expect(withVariables(env, variables)).not.toHaveProperty(name);
    expect(removedVariables(env)[name]).toBeNull();
  });

  it.each([
    ...[
      'ASSUME_CONFIG',
      'ASSUME_ENDPOINT_URL',
      'ASSUME_NO_CODE_CACHE',
      'ASSUME_PASSPHRASE_FILE',
      'ASSUME_SANDBOX',
    ],
    ...[
      'AWS_CONFIG_FILE',
      'AWS_SHARED_CREDENTIALS_FILE',
      'AWS_CA_BUNDLE',
      'AWS_ENDPOINT_URL',
      'AWS_PAGER',
      'PATH',
      'HOME',
      'XASSUME_X',
      'ASSUMED',
    ],
  ])('keeps %s', async (name) => {
    const { assumption, answer } = await assumptionOf(TEXTS, 'prod/admin');
    const env = { [name]: 'mine' };
    expect(withVariables(env, makeVariables(assumption, answer, env))[name]).toBe('mine');
  });

  it('without a role, a region or an expiration has none of an earlier target either', async () => {
    const { assumption, answer } = await assumptionOf({ credentials: `[base]\n${KEYS}` }, 'base');
    const { credentials } = answer;
    const bare = {
      accountId: null,
      credentials: { ...credentials, sessionToken: null, expiration: null },
    };
    const names = [
      'AWS_SESSION_TOKEN',
      'AWS_CREDENTIAL_EXPIRATION',
      'AWS_SESSION_EXPIRATION',
      'AWS_REGION',
      'AWS_DEFAULT_REGION',
      'ASSUME_ROLE_ARN',
      'ASSUME_ACCOUNT_ID',
      'ASSUME_EXPIRATION',
    ];
    const env = Object.fromEntries(names.map((name) => [name, 'stale']));
    const after = withVariables(env, makeVariables(assumption, bare, env));
    expect(Object.keys(after).sort()).toEqual([
      'ASSUME_TARGET',
      'AWSUME_PROFILE',
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
    ]);
  });

  it('names no profile for prompt themes where prompt_variable = no', async () => {
    const assume = `${TEXTS.assume}[settings]\nprompt_variable = no\n`;
    const { assumption, answer } = await assumptionOf({ ...TEXTS, assume }, 'prod/admin');
    expect(makeVariables(assumption, answer, {})['AWSUME_PROFILE']).toBeNull();
  });
});

describe('a shell of a target', () => {
  const NOW = new Date('2026-01-02T03:04:05Z');
  const request = parseArgv([
    'prod/admin',
    '--region',
    'eu-west-2',
    '--quiet',
    '--session-tag',
    'k=v',
  ]);

  it('knows when to renew, with which options, and what was there before', async () => {
    const { assumption, answer } = await assumptionOf(TEXTS, 'prod/admin');
    const env = { AWS_PROFILE: 'mine', AWS_REGION: 'us-east-1' };
    const variables = makeShellVariables(assumption, answer, request, env, NOW, '77');
    expect(variables).toEqual({
      ...{ ASSUME_BEFORE_AWS_PROFILE: 'mine', ASSUME_BEFORE_AWS_REGION: 'us-east-1' },
      ...{ ASSUME_PROTECTED: null, ASSUME_COLOR: 'red', ASSUME_PID: '77' },
      ASSUME_OPTIONS: '{"region":"eu-west-2","session-tag":["k=v"]}',
      ASSUME_RENEW_AT: String(Date.parse('2026-01-02T03:49:05Z') / 1000),
    });
    expect(parseOptions(variables['ASSUME_OPTIONS'] ?? undefined)).toEqual({
      region: 'eu-west-2',
      'session-tag': ['k=v'],
    });
  });

  it('keeps what was there before the first target through every other', async () => {
    const { assumption, answer } = await assumptionOf(TEXTS, 'prod/admin');
    const env = { ASSUME_TARGET: 'x', AWS_REGION: 'of-x', ASSUME_BEFORE_AWS_PROFILE: 'mine' };
    const variables = makeShellVariables(assumption, answer, request, env, NOW, null);
    expect(variables['ASSUME_BEFORE_AWS_PROFILE']).toBe('mine');
    expect(variables).not.toHaveProperty('ASSUME_BEFORE_AWS_REGION');
    expect(givenBack({ ...env, ASSUME_BEFORE_AWS_REGION: 'us-east-1' })).toMatchObject({
      ...{ AWS_PROFILE: 'mine', AWS_DEFAULT_PROFILE: null },
      ...{ AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: null },
    });
  });

  it.each([
    'AWS_ROLE_ARN',
    'AWS_ROLE_SESSION_NAME',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  ])('keeps %s out of the way of its programs, and gives it back', async (name) => {
    const { assumption, answer } = await assumptionOf(TEXTS, 'prod/admin');
    const env = { [name]: 'mine' };
    const shell = withVariables(env, {
      ...makeVariables(assumption, answer, env),
      ...makeShellVariables(assumption, answer, request, env, NOW, null),
    });
    expect(shell).not.toHaveProperty(name);
    expect(givenBack(shell)[name]).toBe('mine');
  });

  it('keeps no token of a container', async () => {
    const { assumption, answer } = await assumptionOf(TEXTS, 'prod/admin');
    const env = { AWS_CONTAINER_AUTHORIZATION_TOKEN: 'fake-token' };
    const variables = {
      ...makeVariables(assumption, answer, env),
      ...makeShellVariables(assumption, answer, request, env, NOW, null),
    };
    expect(Object.values(variables)).not.toContain('fake-token');
  });

  it('that is protected is never renewed by itself', async () => {
    const assume = `${TEXTS.assume}protected = yes\n`;
    const { assumption, answer } = await assumptionOf({ ...TEXTS, assume }, 'prod/admin');
    const variables = makeShellVariables(assumption, answer, request, {}, NOW, null);
    expect(variables).toMatchObject({ ASSUME_RENEW_AT: null, ASSUME_PROTECTED: '1' });
  });

  it.each([undefined, '', '{', 'null', '7', '"x"'])('whose options read %j has none', (text) => {
    expect(parseOptions(text)).toEqual({});
  });
});

describe('the line after a switch', () => {
  it('says customer, account and ID, role, region and time left', async () => {
    const { host, assumption, answer } = await assumptionOf(TEXTS, 'prod/admin');
    expect(formatSwitch(assumption.shown, answer, host)).toBe(
      'assume: prod/admin: acme, prod 444444444444, admin, eu-west-1, 1h left\n',
    );
  });

  it('of keys without an end says which they are', async () => {
    const { host, assumption, answer } = await assumptionOf(
      { credentials: `[base]\n${KEYS}` },
      'base',
    );
    const credentials = { ...answer.credentials, sessionToken: null, expiration: null };
    expect(formatSwitch(assumption.shown, { credentials, accountId: null }, host)).toBe(
      'assume: base: identity base, no region, long-term keys\n',
    );
    const temporary = { ...credentials, sessionToken: new Secret('fake-token') };
    const unended = { credentials: temporary, accountId: null };
    expect(formatSwitch(assumption.shown, unended, host)).toBe(
      'assume: base: identity base, no region, temporary, for a time that nobody told\n',
    );
  });

  it.each([
    [3600, '1h'],
    [3599, '59m'],
    [5400, '1h30m'],
    [120, '2m'],
    [119, '1m59s'],
    [1, '1s'],
    [0, '0s'],
    [-5, '0s'],
  ])('%d seconds before the end says %s', (seconds, text) => {
    const now = new Date(0);
    expect(timeLeft(new Date(seconds * 1000), now)).toBe(text);
  });
});

it.each([
  [0, '1970-01-01T00:00:00Z'],
  [1999, '1970-01-01T00:00:01Z'],
])('an instant of %d ms is written %s', (ms, text) => {
  expect(formatInstant(new Date(ms))).toBe(text);
});
