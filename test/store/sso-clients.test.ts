import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/credentials.js';
import { readSsoClient, writeSsoClient, type ClientUse } from '../../src/store/sso-clients.js';
import type { SsoSession } from '../../src/target/identity-spec.js';
import { fakeHost } from '../support/fake-host.js';

const SESSION: SsoSession = {
  session: 'my-sso',
  startUrl: 'https://d-1234567890.awsapps.com/start',
  region: 'eu-west-1',
  scopes: [],
};
const CLIENT = {
  clientId: 'client-1',
  clientSecret: new Secret('fake-client-secret'),
  expiration: new Date('2026-04-02T03:04:05Z'),
};
const BROWSER: ClientUse = {
  scopes: ['sso:account:access'],
  grantTypes: ['authorization_code', 'refresh_token'],
};
const DEVICE: ClientUse = { scopes: ['sso:account:access'], grantTypes: [] };
const OLD: ClientUse = { scopes: [], grantTypes: [] };

describe('a registration in the shared cache', () => {
  // The names are what Python's json.dumps and hashlib.sha1 make, as the AWS CLI calls them.
  it.each<[string, Partial<SsoSession>, string]>([
    ['a session', {}, 'f31b3b8dbf1565a43a95b3ea6bb34ee92bdc0d88'],
    ['a start URL', { session: null }, '8ba5c4795fa8538a47da089266d94d19d06fe7f6'],
    [
      'a session with scopes and a name that is not plain',
      {
        session: 'Büro "1"\x7f😀',
        scopes: ['sso:account:access', 'codewhisperer:analysis'],
      },
      '58cd087c61e1c6f95a2b7bb6e81bca84574db897',
    ],
  ])('is named for %s as the AWS CLI names it', (_, changes, name) => {
    const host = fakeHost();
    writeSsoClient(host, { ...SESSION, ...changes }, BROWSER, CLIENT);
    expect(Object.keys(host.files.contents())).toEqual([`/home/jane/.aws/sso/cache/${name}.json`]);
  });

  it.each<[string, ClientUse, object]>([
    ['a browser', BROWSER, BROWSER],
    ['a device code', DEVICE, { scopes: DEVICE.scopes }],
    ['the old kind', OLD, {}],
  ])('for %s is written as the AWS CLI writes it', (_, use, fields) => {
    const host = fakeHost();
    writeSsoClient(host, SESSION, use, CLIENT);
    const [text = ''] = Object.values(host.files.contents());
    expect(JSON.parse(text)).toEqual({
      clientId: 'client-1',
      clientSecret: 'fake-client-secret',
      expiresAt: '2026-04-02T03:04:05Z',
      ...fields,
    });
  });

  const uses = { browser: BROWSER, 'device code': DEVICE, 'old kind': OLD };
  const names = ['browser', 'device code', 'old kind'] as const;
  it.each(names.flatMap((kept) => names.map((wanted) => [kept, wanted] as const)))(
    'for a %s serves a %s only if that is the same',
    (kept, wanted) => {
      const host = fakeHost();
      writeSsoClient(host, SESSION, uses[kept], CLIENT);
      const found = readSsoClient(host, SESSION, uses[wanted]);
      expect(found?.clientSecret.reveal()).toBe(kept === wanted ? 'fake-client-secret' : undefined);
    },
  );

  it.each(['clientId', 'clientSecret', 'expiresAt'])('without %s is none', (field) => {
    const host = fakeHost();
    writeSsoClient(host, SESSION, OLD, CLIENT);
    const [[path, text] = ['', '']] = Object.entries(host.files.contents());
    host.files.put(path, JSON.stringify({ ...(JSON.parse(text) as object), [field]: null }));
    expect(readSsoClient(host, SESSION, OLD)).toBeNull();
  });
});
