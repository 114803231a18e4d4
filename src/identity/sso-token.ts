import type { AwsContext } from '../aws/aws-context.js';
import { isAssumeError } from '../errors.js';
import { readSsoToken, ssoTokenName, type SsoToken } from '../store/sso-tokens.js';
import { singleFlight } from '../store/single-flight.js';
import type { SsoSession } from '../target/identity-spec.js';
import type { Errand } from './identity-source.js';
import { keepGrant, logIn, nameOfSession, ssoContext } from './sso-login.js';

/** With less left, the AWS CLI renews it; so that the two agree. */
const RENEWAL_MARGIN_MS = 15 * 60_000;

/**
 * The token of a login: the one that every tool of AWS's shares, renewed when it has little time
 * left, else one of a new login. One process at a time renews it or lets a person log in: what renews
 * it may be good only once.
 *
 * @param refused - A token that AWS has just turned away, whatever its file says of it.
 * @throws AssumeError LOGIN_NEEDED when nobody may be asked; others as `logIn` and `createToken`.
 */
export async function getSsoToken(
  errand: Errand,
  session: SsoSession,
  refused: SsoToken | null = null,
): Promise<SsoToken> {
  const { host } = errand;
  const kept = usable(readSsoToken(host, session), refused);
  if (kept && timeLeftMs(errand, kept) > RENEWAL_MARGIN_MS) return kept;
  return oneAtATime(errand, session, async () => {
    const before = readSsoToken(host, session);
    const alive = usable(before, refused);
    if (alive && timeLeftMs(errand, alive) > RENEWAL_MARGIN_MS) return alive;
    const renewed = before && (await renew(errand, session, before, alive));
    if (renewed) return renewed;
    return alive && timeLeftMs(errand, alive) > 0 ? alive : logIn(errand, session);
  });
}

/** A new login, whatever token there is. */
export function logInAgain(errand: Errand, session: SsoSession): Promise<SsoToken> {
  return oneAtATime(errand, session, () => logIn(errand, session));
}

function oneAtATime(
  errand: Errand,
  session: SsoSession,
  work: () => Promise<SsoToken>,
): Promise<SsoToken> {
  return singleFlight(errand, ssoTokenName(session), `log in to ${nameOfSession(session)}`, work);
}

/**
 * Renews the token without a person; `null` when that cannot be. Where AWS is not reached, a token
 * that still lives serves.
 */
async function renew(
  errand: Errand,
  session: SsoSession,
  { refreshToken, client }: SsoToken,
  alive: SsoToken | null,
): Promise<SsoToken | null> {
  const { host } = errand;
  if (!refreshToken || !client || client.expiration <= host.now()) return null;
  const aws: AwsContext = ssoContext(errand, session);
  const { createToken } = await import('../aws/sso-oidc.js');
  try {
    const grant = await createToken(aws, client, { kind: 'refresh', refreshToken });
    const next = { ...grant, refreshToken: grant.refreshToken ?? refreshToken };
    return keepGrant(aws, session, client, next);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    if (error.code !== 'AWS_UNREACHABLE') return renewedByAnother(errand, session, refreshToken);
    if (alive && timeLeftMs(errand, alive) > 0) return alive;
    throw error;
  }
}

/** The AWS CLI knows nothing of our lock: it may have spent the refresh token just before us. */
function renewedByAnother(
  errand: Errand,
  session: SsoSession,
  spent: NonNullable<SsoToken['refreshToken']>,
): SsoToken | null {
  const now = readSsoToken(errand.host, session);
  const isNew = now?.refreshToken && now.refreshToken.reveal() !== spent.reveal();
  return isNew && timeLeftMs(errand, now) > 0 ? now : null;
}

function usable(token: SsoToken | null, refused: SsoToken | null): SsoToken | null {
  return token?.accessToken.reveal() === refused?.accessToken.reveal() ? null : token;
}

function timeLeftMs({ host }: Errand, token: SsoToken): number {
  return token.expiration.getTime() - host.now().getTime();
}
