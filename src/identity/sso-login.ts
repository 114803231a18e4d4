import type { AwsContext } from '../aws/aws-context.js';
import type { TokenGrant } from '../aws/sso-oidc.js';
import { AssumeError } from '../errors.js';
import { attempt } from '../store/attempt.js';
import { writeSsoToken, type SsoClient, type SsoToken } from '../store/sso-tokens.js';
import type { SsoSession } from '../target/identity-spec.js';
import { visible } from '../visible.js';
import { findBrowser } from './browser.js';
import { logInByBrowser } from './browser-login.js';
import { logInByDevice } from './device-login.js';
import type { Errand } from './identity-source.js';
import { parseWebUrl } from './web-url.js';

/** What a login gave, and the registration that asked for it. */
export interface Login {
  readonly client: SsoClient;
  readonly grant: TokenGrant;
}

/** The session as people know it: its name, else its start URL. */
export function nameOfSession({ session, startUrl }: SsoSession): string {
  return visible(session ?? startUrl);
}

/** Calls of a login go to its own region, and wherever else the plan sends every call. */
export function ssoContext({ aws }: Errand, { region }: SsoSession): AwsContext {
  return { ...aws, region };
}

/**
 * Lets the person log in: in a browser of this machine where one can be opened, else, and for tokens
 * of the old kind, by a code for any browser. The token is kept for every tool of AWS's.
 *
 * @throws AssumeError LOGIN_NEEDED when nobody may be asked; CANCELLED; others as each way says.
 */
export async function logIn(errand: Errand, session: SsoSession): Promise<SsoToken> {
  const { host, options } = errand;
  if (!mayLogIn(errand)) throw loginNeeded(errand, session);
  if (!parseWebUrl(session.startUrl)) throw noWebPage(session);
  const aws = ssoContext(errand, session);
  const browser = options['device-code'] || session.session === null ? null : findBrowser(host);
  const { client, grant } = await host.processes.unlessCancelled(
    browser?.isHere ? logInByBrowser(aws, session, browser) : logInByDevice(aws, session),
  );
  return keepGrant(aws, session, client, grant);
}

/** Turns what was just given into a token, and keeps it. */
export function keepGrant(
  { host }: AwsContext,
  session: SsoSession,
  client: SsoClient,
  { accessToken, refreshToken, expiresInSeconds }: TokenGrant,
): SsoToken {
  const expiration = new Date(host.now().getTime() + expiresInSeconds * 1000);
  const token = { accessToken, refreshToken, expiration, client };
  attempt(host, 'keep the token of IAM Identity Center', () => {
    writeSsoToken(host, session, token);
  });
  return token;
}

/** A login takes a person, and longer than a delivery in a hurry has. */
function mayLogIn({ host, options, lockWaitMs }: Errand): boolean {
  return !options['no-input'] && lockWaitMs === null && host.terminal.canAsk;
}

function loginNeeded({ host, options, lockWaitMs, planned }: Errand, session: SsoSession) {
  const { name } = planned.target.identity;
  const why = options['no-input']
    ? '--no-input is given'
    : lockWaitMs === null
      ? host.terminal.whyNot
      : 'there is no time for it here';
  return new AssumeError(
    'LOGIN_NEEDED',
    `a login to ${nameOfSession(session)} is needed for ${visible(name)}, and ${why}`,
    { hint: `log in, in a terminal: assume login ${visible(name)}` },
  );
}

function noWebPage({ startUrl }: SsoSession): AssumeError {
  return new AssumeError(
    'CONFIG_INVALID',
    `sso_start_url is no https:// address: ${visible(startUrl)}`,
    {
      hint: 'correct it in ~/.aws/config',
    },
  );
}
