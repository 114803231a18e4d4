import { describe, expect, it } from 'vitest';
import {
  formatSpec,
  programOf,
  type ContainerSpec,
  type IdentitySpec,
  type SsoSpec,
  type WebIdentitySpec,
} from '../../src/target/identity-spec.js';

const SSO: SsoSpec = {
  kind: 'sso',
  session: 'corp',
  startUrl: 'https://x',
  region: 'eu-west-1',
  scopes: [],
  accountId: '111122223333',
  roleName: 'Admin',
};
const WEB: WebIdentitySpec = {
  kind: 'web-identity',
  roleArn: 'arn:aws:iam::111122223333:role/ci',
  tokenFile: '/t',
  sessionName: null,
  durationSeconds: null,
};
const CONTAINER: ContainerSpec = {
  kind: 'container',
  url: 'http://127.0.0.1:80/x',
  tokenFile: null,
  tokenDigest: null,
};

const DIFFERENT: readonly IdentitySpec[] = [
  { kind: 'environment' },
  { kind: 'profile', profile: 'a' },
  { kind: 'profile', profile: 'b' },
  { kind: 'keychain', identity: 'a' },
  { kind: 'process', command: 'get a' },
  { kind: 'process', command: 'get b' },
  SSO,
  { ...SSO, session: null },
  { ...SSO, startUrl: 'https://y' },
  { ...SSO, region: 'eu-west-2' },
  { ...SSO, scopes: ['sso:account:access'] },
  { ...SSO, roleName: 'Reader' },
  { kind: 'login', session: 'arn:aws:iam::111122223333:user/a', region: null },
  { kind: 'login', session: 'arn:aws:iam::111122223333:user/a', region: 'eu-west-1' },
  WEB,
  { ...WEB, tokenFile: '/u' },
  { ...WEB, sessionName: 'jane' },
  { ...WEB, durationSeconds: 900 },
  { ...CONTAINER, url: null },
  CONTAINER,
  { ...CONTAINER, url: 'http://127.0.0.1:80/y' },
  { ...CONTAINER, tokenFile: '/t' },
  { ...CONTAINER, tokenDigest: '0123' },
  { kind: 'instance-metadata', endpoint: null },
  { kind: 'instance-metadata', endpoint: 'http://127.0.0.1:80' },
];

describe('a specification in one line', () => {
  it('reads otherwise for each that differs, and begins with its kind', () => {
    const lines = DIFFERENT.map(formatSpec);
    expect(new Set(lines).size).toBe(DIFFERENT.length);
    for (const [index, { kind }] of DIFFERENT.entries()) {
      expect(lines[index]?.startsWith(kind)).toBe(true);
    }
  });

  it.each<[IdentitySpec, RegExp]>([
    [{ kind: 'process', command: 'get --key secret' }, /^process:get#[0-9a-f]{12}$/],
    [{ kind: 'process', command: '"/opt/my tools/get" secret' }, /^process:get#[0-9a-f]{12}$/],
    [{ kind: 'process', command: 'TOKEN=secret get' }, /^process:#[0-9a-f]{12}$/],
    [
      { ...CONTAINER, url: 'http://127.0.0.1:81/secret?x=secret' },
      /^container:http:\/\/127.0.0.1:81#/,
    ],
    [{ ...CONTAINER, url: 'https://secret:secret@x.example/' }, /^container:https:\/\/x.example#/],
    [
      { kind: 'instance-metadata', endpoint: 'http://a:secret@127.0.0.1/' },
      /^instance-metadata:http:\/\/127.0.0.1$/,
    ],
  ])('of %j shows no secret', (spec, shown) => {
    expect(formatSpec(spec)).toMatch(shown);
    expect(formatSpec(spec)).not.toContain('secret');
  });
});

describe('the program of a command line', () => {
  it.each([
    ['pass otp aws', 'pass'],
    ['  /usr/bin/pass otp', 'pass'],
    ["'/my tools/op' read", 'op'],
    ['C:\\tools\\get.exe x', 'get.exe'],
    ['$(cat secret)', ''],
    ['', ''],
  ])('of %j is %j', (command, program) => {
    expect(programOf(command)).toBe(program);
  });
});
