import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/host/host.js';
import {
  containerSpec,
  instanceSpec,
  webIdentityOfEnvironment,
} from '../../src/target/ambient-specs.js';
import { formatSpec } from '../../src/target/identity-spec.js';
import { configuredHost } from '../support/configured-host.js';
import { thrownBy } from '../support/thrown-by.js';

const FULL = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';
const RELATIVE = 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI';
const TOKEN = 'AWS_CONTAINER_AUTHORIZATION_TOKEN';
const TOKEN_FILE = 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE';
const ROLE = 'arn:aws:iam::111122223333:role/pod';

describe("a container's endpoint", () => {
  it.each<[string, Environment, string | null]>([
    ['none', {}, null],
    ['a full URI', { [FULL]: 'http://127.0.0.1:80/x' }, 'http://127.0.0.1:80/x'],
    ['a relative URI', { [RELATIVE]: '/v2/x' }, 'http://169.254.170.2/v2/x'],
    ['the relative of both', { [FULL]: 'http://h/', [RELATIVE]: '/x' }, 'http://169.254.170.2/x'],
    ['a blank URI', { [FULL]: '' }, null],
    ["one that came into a target's shell", { ASSUME_TARGET: 'a', [FULL]: 'http://h/' }, null],
    [
      "one from before a target's shell",
      { ASSUME_TARGET: 'a', [`ASSUME_BEFORE_${FULL}`]: 'http://h/' },
      'http://h/',
    ],
  ])('is %s', (_, env, url) => {
    expect(containerSpec(env).url).toBe(url);
  });

  it('is another identity under another path, token or token file, and shows none of them', () => {
    const url = { [FULL]: 'http://127.0.0.1:80/v2/secret-path' };
    const shown = [
      url,
      { [FULL]: 'http://127.0.0.1:80/v2/other-path' },
      { ...url, [TOKEN]: 'secret-a' },
      { ...url, [TOKEN]: 'secret-b' },
      { ...url, [TOKEN_FILE]: '/run/a' },
      { ...url, [TOKEN_FILE]: '/run/b' },
    ].map((env) => formatSpec(containerSpec(env)));
    expect(new Set(shown).size).toBe(shown.length);
    for (const text of shown)
      expect(text).toMatch(/^container:http:\/\/127\.0\.0\.1#[0-9a-f]{12}$/);
  });

  it('is the same under another token where a file holds the one that counts', () => {
    const env = { [FULL]: 'http://127.0.0.1/', [TOKEN_FILE]: '/run/a' };
    expect(containerSpec({ ...env, [TOKEN]: 'x' })).toEqual(containerSpec(env));
  });
});

describe("an instance's metadata", () => {
  const profile = (text: string) =>
    configuredHost({ config: `[profile p]\n${text}` }).config.aws.profiles.get('p') ?? null;
  const ENDPOINT = 'AWS_EC2_METADATA_SERVICE_ENDPOINT';
  const KEY = 'ec2_metadata_service_endpoint';

  it.each<[string, Environment, string, string | null]>([
    ['where EC2 has them', {}, '', null],
    ['where the variable says', { [ENDPOINT]: 'http://127.0.0.1:1' }, '', 'http://127.0.0.1:1'],
    ['where the profile says', {}, `${KEY} = http://127.0.0.1:2\n`, 'http://127.0.0.1:2'],
    [
      'where the variable says, before the profile',
      { [ENDPOINT]: 'http://127.0.0.1:1' },
      `${KEY} = http://127.0.0.1:2\n`,
      'http://127.0.0.1:1',
    ],
    ['at IPv6', { [`${ENDPOINT}_MODE`]: 'IPv6' }, '', 'http://[fd00:ec2::254]'],
    ['at IPv6 by the profile', {}, `${KEY}_mode = ipv6\n`, 'http://[fd00:ec2::254]'],
    ['at IPv4', { [`${ENDPOINT}_MODE`]: 'IPv4' }, '', null],
    [
      'at the endpoint before any mode',
      { [`${ENDPOINT}_MODE`]: 'IPv6', [ENDPOINT]: 'http://127.0.0.1:1' },
      '',
      'http://127.0.0.1:1',
    ],
  ])('are %s', (_, env, text, endpoint) => {
    expect(instanceSpec(env, profile(text)).endpoint).toBe(endpoint);
  });
});

describe('the web identity of the environment', () => {
  const FILE = { AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: '/run/token' };

  it.each<[string, Environment, object | null]>([
    ['a role and a file', FILE, { roleArn: ROLE, tokenFile: '/run/token', sessionName: null }],
    ['with a session', { ...FILE, AWS_ROLE_SESSION_NAME: 'pod-1' }, { sessionName: 'pod-1' }],
    ['no file', { AWS_ROLE_ARN: ROLE }, null],
    ['no role', { AWS_WEB_IDENTITY_TOKEN_FILE: '/run/token' }, null],
    ["what came into a target's shell", { ...FILE, ASSUME_TARGET: 'a' }, null],
  ])('is %s', (_, env, spec) => {
    const found = webIdentityOfEnvironment(env);
    if (spec === null) expect(found).toBeNull();
    else expect(found).toMatchObject(spec);
  });

  it('is refused for what is no role', () => {
    const error = thrownBy(() => webIdentityOfEnvironment({ ...FILE, AWS_ROLE_ARN: 'pod' }));
    expect([error.code, error.message]).toEqual([
      'IDENTITY_INVALID',
      'AWS_ROLE_ARN: pod is not the ARN of a role',
    ]);
  });
});
