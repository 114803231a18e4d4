import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { logInByBrowser } from '../../src/identity/browser-login.js';
import type { SsoSession } from '../../src/target/identity-spec.js';
import { contextOf } from '../support/context-of.js';
import { fakeHost, type FakeHost } from '../support/fake-host.js';
import { rejectionOf } from '../support/thrown-by.js';
import { START_URL, useSignOn, type SignOn } from '../support/use-sign-on.js';

const SESSION: SsoSession = {
  session: 'acme',
  startUrl: START_URL,
  region: 'eu-west-1',
  scopes: [],
};
const BROWSER = { command: 'firefox', words: ['--new-tab'], isHere: true };

/** Logs in while the browser does with the page what the test says. */
function logIn(on: SignOn, act: (page: URL, host: FakeHost) => unknown, session = SESSION) {
  const host = fakeHost();
  const launch = async (_: string, args: readonly string[]): Promise<boolean> => {
    const page = new URL(args.at(-1) ?? '');
    await act(page, host);
    return true;
  };
  const acting = { ...host, processes: { ...host.processes, launch } };
  const aws = contextOf(on.url, acting, 'eu-west-1');
  return logInByBrowser(aws, session, BROWSER);
}

/** What a login asks of IAM Identity Center, the page by the browser. */
const WHOLE = ['RegisterClient', 'page of a login', 'CreateToken'];

const redirectOf = (page: URL): URL => new URL(page.searchParams.get('redirect_uri') ?? '');

describe('a login in the browser', () => {
  it('proves with PKCE that the code comes back to who asked for it', async () => {
    const on = await useSignOn();
    const { grant, client } = await logIn(on, (page) => fetch(page));
    expect(grant.accessToken.reveal()).toMatch(/^aoa-access-/);
    expect(on.received()).toEqual(WHOLE);
    const [register, page, create] = on.requests;
    expect(register?.fields).toMatchObject({
      scopes: ['sso:account:access'],
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: START_URL,
    });
    const { redirect_uri: redirectUri } = page?.fields ?? {};
    expect(page?.fields).toMatchObject({
      ...{ response_type: 'code', client_id: client.clientId, scopes: 'sso:account:access' },
      ...{
        code_challenge_method: 'S256',
        code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      },
    });
    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/);
    expect(create?.fields).toMatchObject({ grantType: 'authorization_code', redirectUri });
    const { codeVerifier = '' } = create?.fields ?? {};
    expect(codeVerifier).toMatch(/^[\w-]{43,128}$/);
    const challenge = createHash('sha256').update(String(codeVerifier)).digest('base64url');
    expect(page?.fields['code_challenge']).toBe(challenge);
  });

  it('asks for the scopes that the session names', async () => {
    const on = await useSignOn();
    const scopes = ['sso:account:access', 'codewhisperer:analysis'];
    let search = '';
    const act = (page: URL) => {
      search = page.search;
      return fetch(page);
    };
    await logIn(on, act, { ...SESSION, scopes });
    expect(search).toContain('scopes=sso%3Aaccount%3Aaccess%20codewhisperer%3Aanalysis');
    expect(on.requests[0]?.fields).toMatchObject({ scopes });
    expect(on.requests[1]?.fields).toMatchObject({ scopes: scopes.join(' ') });
  });

  it('tells the browser that it may close, and ends its server', async () => {
    const on = await useSignOn();
    let shown = '';
    let server = '';
    await logIn(on, async (page) => {
      server = redirectOf(page).origin;
      shown = await (await fetch(page)).text();
    });
    expect(on.received()).toEqual(WHOLE);
    expect(shown).toContain('assume has the answer. You can close this page.');
    await expect(fetch(server)).rejects.toThrow();
  });

  it('is not moved by whoever does not know its state', async () => {
    const on = await useSignOn();
    const strangers: number[] = [];
    const { grant } = await logIn(on, async (page) => {
      for (const query of [
        'code=stolen',
        'code=stolen&state=wrong',
        'error=access_denied&state=',
      ]) {
        const { status } = await fetch(`${redirectOf(page).href}?${query}`);
        strangers.push(status);
      }
      for (const path of ['/', '//', '/oauth/other']) {
        strangers.push((await fetch(redirectOf(page).origin + path)).status);
      }
      await fetch(page);
    });
    expect(strangers).toEqual([400, 400, 400, 404, 404, 404]);
    expect(on.received()).toEqual(WHOLE);
    expect(on.requests.at(-1)?.fields['code']).not.toBe('stolen');
    expect(grant.accessToken.reveal()).toMatch(/^aoa-access-/);
  });

  it.each<[string, (page: URL, host: FakeHost) => unknown, string, string, string[]]>([
    [
      'is denied',
      (page) =>
        fetch(
          `${redirectOf(page).href}?error=access_denied&error_description=Not+you&state=${page.searchParams.get('state') ?? ''}`,
        ),
      'AWS_REFUSED',
      'the login was denied: Not you',
      ['RegisterClient'],
    ],
    [
      'comes back with no code',
      (page) => fetch(`${redirectOf(page).href}?state=${page.searchParams.get('state') ?? ''}`),
      'AWS_REFUSED',
      'no code came back',
      ['RegisterClient'],
    ],
    [
      'comes back with a code that is none',
      (page) =>
        fetch(`${redirectOf(page).href}?code=x&state=${page.searchParams.get('state') ?? ''}`),
      'AWS_REFUSED',
      'InvalidGrantException',
      ['RegisterClient', 'CreateToken'],
    ],
    [
      'is left alone',
      (_, host) => {
        setImmediate(() => void host.clock.advance(10 * 60_000));
      },
      'IDENTITY_INVALID',
      'nobody logged in within ten minutes',
      ['RegisterClient'],
    ],
  ])('ends when it %s', async (_, act, code, message, asked) => {
    const on = await useSignOn();
    const error = await rejectionOf(logIn(on, act));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(on.received()).toEqual(asked);
  });
});
