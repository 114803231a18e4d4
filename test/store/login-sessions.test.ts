import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/credentials.js';
import {
  readLoginSession,
  removeLoginSession,
  writeLoginSession,
} from '../../src/store/login-sessions.js';
import type { LoginSpec } from '../../src/target/identity-spec.js';
import { fakeHost } from '../support/fake-host.js';

const SPEC: LoginSpec = {
  kind: 'login',
  session: 'arn:aws:iam::111122223333:user/jane',
  region: 'eu-west-1',
};
/** The SHA-256 of the ARN. */
const NAME = 'b1abda7fa13f8cc94a6e2fab6084b3c9f8ebc6100820b2ab67cbdfadc642d402.json';
const PATH = `/home/jane/.aws/login/cache/${NAME}`;

const RECORD = {
  accessToken: {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'fake-secret',
    sessionToken: 'fake-token',
    accountId: '111122223333',
    expiresAt: '2026-01-02T03:19:05Z',
  },
  tokenType: 'aws_sigv4',
  clientId: 'arn:aws:signin:::devtools/same-device',
  refreshToken: 'fake-refresh',
  idToken: 'e30.e30.e30',
  dpopKey: 'fake-key',
};

const hostWith = (record: object) => fakeHost({ files: { [PATH]: JSON.stringify(record) } });

describe('what aws login keeps', () => {
  it('is read with all that renews it', () => {
    const session = readLoginSession(hostWith(RECORD), SPEC);
    expect(session).toMatchObject({
      clientId: RECORD.clientId,
      region: null,
      credentials: {
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        expiration: new Date('2026-01-02T03:19:05Z'),
      },
    });
    expect(session?.refreshToken.reveal()).toBe('fake-refresh');
    expect(session?.proofKey.reveal()).toBe('fake-key');
  });

  it('is looked for where the variable says', () => {
    const path = `/srv/logins/${NAME}`;
    const env = { HOME: '/home/jane', AWS_LOGIN_CACHE_DIRECTORY: '/srv/logins' };
    const host = fakeHost({ env, files: { [path]: JSON.stringify(RECORD) } });
    expect(readLoginSession(host, SPEC)).not.toBeNull();
  });

  it('may name the region that it is renewed in', () => {
    const host = hostWith({ ...RECORD, signInRegion: 'us-west-2' });
    expect(readLoginSession(host, SPEC)?.region).toBe('us-west-2');
  });

  it.each<[string, object]>([
    ['client', { clientId: undefined }],
    ['refresh token', { refreshToken: undefined }],
    ['key', { dpopKey: undefined }],
    ['credentials', { accessToken: undefined }],
    ['secret', { accessToken: { ...RECORD.accessToken, secretAccessKey: '' } }],
    ['session token', { accessToken: { ...RECORD.accessToken, sessionToken: 1 } }],
    ['expiry', { accessToken: { ...RECORD.accessToken, expiresAt: 'soon' } }],
  ])('without %s is nothing', (_, changes) => {
    expect(readLoginSession(hostWith({ ...RECORD, ...changes }), SPEC)).toBeNull();
  });

  it('changes by a renewal in its credentials and refresh token alone', () => {
    const host = hostWith(RECORD);
    const session = readLoginSession(host, SPEC);
    if (!session) throw new Error('it is not there');
    writeLoginSession(host, SPEC, {
      ...session,
      credentials: {
        accessKeyId: 'ASIAI44QH8DHBEXAMPLE',
        secretAccessKey: new Secret('fake-secret-2'),
        sessionToken: new Secret('fake-token-2'),
        expiration: new Date('2026-01-02T03:34:05.678Z'),
      },
      refreshToken: new Secret('fake-refresh-2'),
    });
    expect(JSON.parse(host.files.contents()[PATH] ?? '')).toEqual({
      ...RECORD,
      accessToken: {
        accessKeyId: 'ASIAI44QH8DHBEXAMPLE',
        secretAccessKey: 'fake-secret-2',
        sessionToken: 'fake-token-2',
        accountId: '111122223333',
        expiresAt: '2026-01-02T03:34:05Z',
      },
      refreshToken: 'fake-refresh-2',
    });
    expect(host.files.facts(PATH)?.mode).toBe(0o600);
  });

  it('is removed once', () => {
    const host = hostWith(RECORD);
    expect([removeLoginSession(host, SPEC), removeLoginSession(host, SPEC)]).toEqual([true, false]);
  });
});
