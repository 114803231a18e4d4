import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/credentials.js';
import {
  readSsoToken,
  removeSsoToken,
  writeSsoToken,
  type SsoToken,
} from '../../src/store/sso-tokens.js';
import type { SsoSession } from '../../src/target/identity-spec.js';
import { fakeHost } from '../support/fake-host.js';

const SESSION: SsoSession = {
  session: 'my-sso',
  startUrl: 'https://d-1234567890.awsapps.com/start',
  region: 'eu-west-1',
  scopes: [],
};
const OLD: SsoSession = { ...SESSION, session: null };

/** The SHA-1 of `my-sso`, and of the start URL. */
const CACHE = '/home/jane/.aws/sso/cache';
const PATH = `${CACHE}/0ad374308c5a4e22f723adf10145eafad7c4031c.json`;
const OLD_PATH = `${CACHE}/7487b5b67d5fa1132cf33fa93ae51ef38cc37752.json`;

const TOKEN: SsoToken = {
  accessToken: new Secret('fake-access'),
  expiration: new Date('2026-01-02T11:04:05Z'),
  refreshToken: new Secret('fake-refresh'),
  client: {
    clientId: 'client-1',
    clientSecret: new Secret('fake-client-secret'),
    expiration: new Date('2026-04-02T03:04:05Z'),
  },
};

const RECORD = {
  startUrl: SESSION.startUrl,
  region: 'eu-west-1',
  accessToken: 'fake-access',
  expiresAt: '2026-01-02T11:04:05Z',
  clientId: 'client-1',
  clientSecret: 'fake-client-secret',
  registrationExpiresAt: '2026-04-02T03:04:05Z',
  refreshToken: 'fake-refresh',
};

describe('a token in the shared cache', () => {
  it('is written as the AWS CLI writes it', () => {
    const host = fakeHost();
    writeSsoToken(host, SESSION, TOKEN);
    expect(JSON.parse(host.files.contents()[PATH] ?? '')).toEqual(RECORD);
    expect(host.files.facts(PATH)?.mode).toBe(0o600);
  });

  it('of the old kind is named for its start URL and has nothing to renew it', () => {
    const host = fakeHost();
    writeSsoToken(host, OLD, { ...TOKEN, refreshToken: null, client: null });
    const { startUrl, region, accessToken, expiresAt } = RECORD;
    const written = JSON.parse(host.files.contents()[OLD_PATH] ?? '') as object;
    expect(written).toEqual({ startUrl, region, accessToken, expiresAt });
    expect(readSsoToken(host, OLD)).toMatchObject({ refreshToken: null, client: null });
  });

  it.each<[string, object, Partial<SsoToken> | null]>([
    ['as it is written', {}, { expiration: TOKEN.expiration }],
    [
      'by the JavaScript SDK',
      { expiresAt: '2026-01-02T11:04:05.000Z' },
      { expiration: TOKEN.expiration },
    ],
    [
      'by an old AWS CLI',
      { expiresAt: '2026-01-02T11:04:05UTC' },
      { expiration: TOKEN.expiration },
    ],
    ['without a refresh token', { refreshToken: undefined }, { refreshToken: null }],
    ['without a client', { clientId: undefined }, { client: null }],
    ['without a time of the registration', { registrationExpiresAt: undefined }, { client: null }],
    ['without a start URL', { startUrl: undefined }, { expiration: TOKEN.expiration }],
    ['of another start URL', { startUrl: 'https://x.awsapps.com/start' }, null],
    ['of another region', { region: 'us-east-1' }, null],
    ['without a token', { accessToken: undefined }, null],
    ['with an empty token', { accessToken: '' }, null],
    ['without a time', { expiresAt: undefined }, null],
    ['with a time that is none', { expiresAt: 'soon' }, null],
    ['with a number for a token', { accessToken: 7 }, null],
  ])('is read %s', (_, changes, expected) => {
    const files = { [PATH]: JSON.stringify({ ...RECORD, ...changes }) };
    const token = readSsoToken(fakeHost({ files }), SESSION);
    if (expected === null) expect(token).toBeNull();
    else expect(token).toMatchObject(expected);
    if (token) expect(token.accessToken.reveal()).toBe('fake-access');
  });

  it.each(['', 'null', '[]', '{', '"text"'])('is none where the file holds %j', (text) => {
    expect(readSsoToken(fakeHost({ files: { [PATH]: text } }), SESSION)).toBeNull();
  });

  it('is removed once', () => {
    const host = fakeHost({ files: { [PATH]: '{}' } });
    expect([removeSsoToken(host, SESSION), removeSsoToken(host, SESSION)]).toEqual([true, false]);
  });

  it('is neither written nor there without a home', () => {
    const host = fakeHost({ env: {} });
    writeSsoToken(host, SESSION, TOKEN);
    expect(host.files.contents()).toEqual({});
    expect(readSsoToken(host, SESSION)).toBeNull();
    expect(removeSsoToken(host, SESSION)).toBe(false);
  });
});
