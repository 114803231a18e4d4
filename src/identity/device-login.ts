import type { AwsContext } from '../aws/aws-context.js';
import { refusalBehind } from '../aws/aws-errors.js';
import type { DeviceAuthorization } from '../aws/sso-oidc.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { SsoSession } from '../target/identity-spec.js';
import { visible } from '../visible.js';
import { findBrowser, openPage } from './browser.js';
import { getSsoClient } from './sso-client.js';
import { nameOfSession, type Login } from './sso-login.js';
import { parseWebUrl } from './web-url.js';

/** OAuth's own, where the server names none, and what `slow_down` adds. */
const INTERVAL_SECONDS = 5;
const SLOWER_SECONDS = 5;

/**
 * Logs in with a code that the person confirms at any browser, on this machine or elsewhere.
 *
 * @throws AssumeError IDENTITY_INVALID when nobody confirms in time, AWS_REFUSED when it is denied.
 * @see https://www.rfc-editor.org/rfc/rfc8628
 */
export async function logInByDevice(aws: AwsContext, session: SsoSession): Promise<Login> {
  const oidc = await import('../aws/sso-oidc.js');
  const client = await getSsoClient(aws, session, null);
  const authorization = await oidc.startDeviceAuthorization(aws, client, session.startUrl);
  await show(aws, session, authorization);
  const { deviceCode } = authorization;
  const grant = await poll(aws, authorization, () =>
    oidc.createToken(aws, client, { kind: 'device', deviceCode }),
  );
  return { client, grant };
}

/** Shows the page and the code, and opens the page where a browser can be had. */
async function show(
  { host }: AwsContext,
  session: SsoSession,
  { userCode, verificationUri, verificationUriComplete }: DeviceAuthorization,
): Promise<void> {
  const page = pageOf(verificationUriComplete);
  const bare = pageOf(verificationUri);
  host.stderr(
    [
      `assume: log in to ${nameOfSession(session)} with any browser; it has to show the code ${visible(userCode)}`,
      `  ${visible(page.href)}`,
      ...(bare.href === page.href ? [] : [`  or type the code at ${visible(bare.href)}`]),
      '',
    ].join('\n'),
  );
  const browser = findBrowser(host);
  if (browser) await openPage(host, browser, page);
}

function pageOf(text: string): URL {
  const page = parseWebUrl(text);
  if (page) return page;
  throw new AssumeError(
    'AWS_UNREACHABLE',
    `what answered was not AWS: it sent to ${visible(text)}`,
    {
      hint: 'check sso_region and sso_start_url',
    },
  );
}

/** Asks at the pace that the server sets, until the person is done or the code has expired. */
async function poll<Grant>(
  { host }: AwsContext,
  { expiresInSeconds, intervalSeconds }: DeviceAuthorization,
  ask: () => Promise<Grant>,
): Promise<Grant> {
  const deadline = host.now().getTime() + expiresInSeconds * 1000;
  let seconds = intervalSeconds ?? INTERVAL_SECONDS;
  for (;;) {
    await host.sleep(seconds * 1000);
    try {
      return await ask();
    } catch (error) {
      const pace = paceAfter(error);
      if (host.now().getTime() >= deadline) throw expired(error);
      seconds += pace;
    }
  }
}

/** How many seconds more to wait from now on; throws when there is nothing to wait for. */
function paceAfter(error: unknown): number {
  if (!isAssumeError(error)) throw error;
  switch (refusalBehind(error)?.awsCode) {
    case 'AuthorizationPendingException':
      return 0;
    case 'SlowDownException':
      return SLOWER_SECONDS;
    case 'ExpiredTokenException':
      throw expired(error);
    case 'AccessDeniedException':
      throw new AssumeError('AWS_REFUSED', 'the login was denied in the browser', {
        cause: error,
        hint: 'if that was not you, somebody else may have had the code; else log in again and allow it',
      });
  }
  // A network that comes and goes, as one does that needs a login of its own.
  if (error.code === 'AWS_UNREACHABLE') return SLOWER_SECONDS;
  throw error;
}

function expired(cause: unknown): AssumeError {
  return new AssumeError('IDENTITY_INVALID', 'nobody logged in before the code expired', {
    cause,
    hint: 'log in again, and confirm the code in the browser',
  });
}
