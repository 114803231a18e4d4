import { createHash } from 'node:crypto';
import type { AwsContext } from '../aws/aws-context.js';
import { Secret } from '../credentials.js';
import { AssumeError } from '../errors.js';
import type { Host, Loopback, Page } from '../host/host.js';
import type { SsoSession } from '../target/identity-spec.js';
import { visible } from '../visible.js';
import { openPage, type Browser } from './browser.js';
import { getSsoClient, scopesOf } from './sso-client.js';
import { nameOfSession, type Login } from './sso-login.js';

/** What is registered; the port may differ, by RFC 8252. */
const REDIRECT_URI = 'http://127.0.0.1/oauth/callback';

/** As long as the AWS CLI waits. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Logs in at the browser of this machine, which comes back to us with a code that only we can use.
 *
 * @throws AssumeError IDENTITY_INVALID when nobody logs in in time, AWS_REFUSED when it is denied.
 * @see https://www.rfc-editor.org/rfc/rfc7636 PKCE
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3 the redirect to loopback
 */
export async function logInByBrowser(
  aws: AwsContext,
  session: SsoSession,
  browser: Browser,
): Promise<Login> {
  const { host } = aws;
  const oidc = await import('../aws/sso-oidc.js');
  const client = await getSsoClient(aws, session, {
    uri: REDIRECT_URI,
    issuerUrl: session.startUrl,
  });
  const state = randomText(host, 24);
  const codeVerifier = new Secret(randomText(host, 48));
  const callback = await awaitCallback(host, state);
  try {
    const redirectUri = `http://127.0.0.1:${String(callback.port)}/oauth/callback`;
    const page = loginPage(await oidc.authorizePage(aws), {
      client_id: client.clientId,
      redirect_uri: redirectUri,
      state,
      scopes: scopesOf(session).join(' '),
      code_challenge: createHash('sha256').update(codeVerifier.reveal()).digest('base64url'),
    });
    show(host, session, page);
    await openPage(host, browser, page);
    const query = await Promise.race([callback.query, timeOut(host)]);
    const proof = { kind: 'code', code: codeOf(query), codeVerifier, redirectUri } as const;
    return { client, grant: await oidc.createToken(aws, client, proof) };
  } finally {
    await callback.close();
  }
}

function loginPage(base: URL, fields: Readonly<Record<string, string>>): URL {
  const all = { response_type: 'code', code_challenge_method: 'S256', ...fields };
  const page = new URL(base);
  page.search = new URLSearchParams(all).toString().replaceAll('+', '%20');
  return page;
}

function show(host: Host, session: SsoSession, page: URL): void {
  host.stderr(
    [
      `assume: log in to ${nameOfSession(session)} in the browser; if none opens, open this on this machine:`,
      `  ${visible(page.href)}`,
      '  with a browser on another machine: assume login --device-code',
      '',
    ].join('\n'),
  );
}

/** What the browser brings back, and the server that waits for it. */
interface Callback extends Loopback {
  readonly query: Promise<URLSearchParams>;
}

/** Whoever does not know the state is not the browser that we opened, and changes nothing. */
async function awaitCallback(host: Host, state: string): Promise<Callback> {
  let settle: (query: URLSearchParams) => void = () => undefined;
  const query = new Promise<URLSearchParams>((resolve) => {
    settle = resolve;
  });
  const loopback = await host.listen((path): Page | null => {
    const url = URL.canParse(path, REDIRECT_URI) ? new URL(path, REDIRECT_URI) : null;
    if (url?.pathname !== '/oauth/callback') return null;
    if (url.searchParams.get('state') !== state)
      return { status: 400, text: 'Not the expected login.' };
    settle(url.searchParams);
    return { status: 200, text: 'assume has the answer. You can close this page.' };
  });
  return { ...loopback, query };
}

function codeOf(query: URLSearchParams): Secret {
  const code = query.get('code');
  if (code) return new Secret(code);
  const reason = query.get('error_description') ?? query.get('error') ?? 'no code came back';
  throw new AssumeError('AWS_REFUSED', `the login was denied: ${visible(reason)}`, {
    hint: 'log in again, and allow the access that the page asks for',
  });
}

async function timeOut(host: Host): Promise<never> {
  await host.sleep(PATIENCE_MS);
  throw new AssumeError('IDENTITY_INVALID', 'nobody logged in within ten minutes', {
    hint: 'log in again; with a browser on another machine: assume login --device-code',
  });
}

function randomText(host: Host, bytes: number): string {
  return host.randomBytes(bytes).toString('base64url');
}
