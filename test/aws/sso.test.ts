import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { AwsContext } from '../../src/aws/aws-context.js';
import { refusalBehind } from '../../src/aws/aws-errors.js';
import {
  authorizePage,
  createToken,
  registerClient,
  startDeviceAuthorization,
} from '../../src/aws/sso-oidc.js';
import { endLogin, getRoleCredentials } from '../../src/aws/sso-portal.js';
import { Secret } from '../../src/credentials.js';
import type { SsoSpec } from '../../src/target/identity-spec.js';
import { contextOf } from '../support/context-of.js';
import { fakeHost } from '../support/fake-host.js';
import { startOwnServer } from '../support/own-server.js';
import { rejectionOf } from '../support/thrown-by.js';
import { START_URL, useSignOn } from '../support/use-sign-on.js';

const SPEC: SsoSpec = {
  kind: 'sso',
  session: 'acme',
  startUrl: START_URL,
  region: 'eu-west-1',
  scopes: [],
  accountId: '111111111111',
  roleName: 'Developer',
};
const CLIENT = {
  clientId: 'client-1',
  clientSecret: new Secret('fake-client-secret'),
  expiration: new Date('2030-01-01T00:00:00Z'),
};
const USE = { scopes: ['sso:account:access'], grantTypes: ['authorization_code', 'refresh_token'] };
const REFRESH = { kind: 'refresh', refreshToken: new Secret('fake-refresh') } as const;
const TOKEN = new Secret('fake-access');

const inIreland = (endpoint: string | null): AwsContext =>
  contextOf(endpoint, fakeHost(), 'eu-west-1');

describe('IAM Identity Center', () => {
  it('is asked for a client, a code, a token, a role and a logout', async () => {
    const on = await useSignOn();
    const context = inIreland(on.url);
    const redirect = { uri: 'http://127.0.0.1/oauth/callback', issuerUrl: START_URL };
    const client = await registerClient(context, 'assume-cli-acme', USE, redirect);
    expect(on.requests.at(-1)).toMatchObject({
      action: 'RegisterClient',
      fields: {
        ...{ clientName: 'assume-cli-acme', clientType: 'public', ...USE },
        ...{ redirectUris: [redirect.uri], issuerUrl: START_URL },
      },
    });
    const device = await startDeviceAuthorization(context, client, START_URL);
    expect(on.requests.at(-1)?.fields).toMatchObject({
      clientId: client.clientId,
      startUrl: START_URL,
    });
    await fetch(device.verificationUriComplete);
    on.practice.advance(1);
    const proof = { kind: 'device', deviceCode: device.deviceCode } as const;
    const grant = await createToken(context, client, proof);
    expect(grant.expiresInSeconds).toBe(8 * 3600);
    const credentials = await getRoleCredentials(context, grant.accessToken, SPEC);
    expect(credentials.accessKeyId).toMatch(/^ASIA/);
    await endLogin(context, grant.accessToken);
    const again = getRoleCredentials(context, grant.accessToken, SPEC);
    const { code, cause } = await rejectionOf(again);
    expect([code, cause]).toMatchObject(['AWS_REFUSED', { status: 401 }]);
  });

  it('tells one refusal from another by its name, and says it in its own words', async () => {
    const on = await useSignOn();
    const context = inIreland(on.url);
    const client = await registerClient(
      context,
      'assume-cli',
      { scopes: [], grantTypes: [] },
      null,
    );
    const error = await rejectionOf(createToken(context, client, REFRESH));
    expect(refusalBehind(error)?.awsCode).toBe('InvalidGrantException');
    expect(error.message).toBe(
      'could not get a token of IAM Identity Center: AWS answered InvalidGrantException: Invalid refresh token provided',
    );
  });

  it.each([
    ['eu-west-1', null, 'https://oidc.eu-west-1.amazonaws.com/authorize'],
    ['cn-north-1', null, 'https://oidc.cn-north-1.amazonaws.com.cn/authorize'],
    ['us-gov-west-1', null, 'https://oidc.us-gov-west-1.amazonaws.com/authorize'],
    ['eu-west-1', 'http://127.0.0.1:1234', 'http://127.0.0.1:1234/authorize'],
    ['eu-west-1', 'https://proxy.example/sso/', 'https://proxy.example/sso/authorize'],
  ])('shows its page in %s (%s) at %s', async (region, endpoint, page) => {
    expect((await authorizePage({ ...inIreland(endpoint), region })).href).toBe(page);
  });
});

describe('what is no answer of IAM Identity Center', () => {
  const html = (response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Log in to the wifi</html>');
  };
  const empty = (response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
  };
  const cut = (response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 100 });
    response.write('{"accessTo');
    response.destroy();
  };
  const failed = (response: ServerResponse): void => {
    response.writeHead(503).end();
  };
  const calls: [string, (context: AwsContext) => Promise<unknown>][] = [
    ['RegisterClient', (context) => registerClient(context, 'assume-cli', USE, null)],
    ['StartDeviceAuthorization', (context) => startDeviceAuthorization(context, CLIENT, START_URL)],
    ['CreateToken', (context) => createToken(context, CLIENT, REFRESH)],
    ['GetRoleCredentials', (context) => getRoleCredentials(context, TOKEN, SPEC)],
  ];
  const answers = { html, empty, cut, failed };

  it.each(
    calls.flatMap(([name, call]) =>
      Object.entries(answers).map(([kind, answer]) => [kind, name, call, answer] as const),
    ),
  )('is an error: %s for %s', async (_kind, _name, call, answer) => {
    const { url } = await startOwnServer((_action, _fields, response) => {
      answer(response);
    });
    expect((await rejectionOf(call(inIreland(url)))).code).toBe('AWS_UNREACHABLE');
  });

  it('is nobody there', async () => {
    const error = await rejectionOf(endLogin(inIreland('http://127.0.0.1:1'), TOKEN));
    expect(error.code).toBe('AWS_UNREACHABLE');
  });
});
