import { timeLeft } from '../delivery/switch-line.js';
import { AssumeError } from '../errors.js';
import type { Errand } from '../identity/identity-source.js';
import { loginSession } from '../identity/login-session.js';
import { nameOfSession } from '../identity/sso-login.js';
import { getSsoToken, logInAgain } from '../identity/sso-token.js';
import { readSsoToken } from '../store/sso-tokens.js';
import type { LoginSpec, SsoSpec } from '../target/identity-spec.js';
import { sayUnlessQuiet } from './say.js';

/**
 * Logs in at AWS itself: at IAM Identity Center, unless a login lives or can be renewed. What
 * `aws login` got is only renewed here, since that command alone begins it.
 *
 * @throws AssumeError LOGIN_NEEDED, CANCELLED; others as the sources say.
 */
export async function logInToAws(errand: Errand, source: SsoSpec | LoginSpec): Promise<void> {
  await (source.kind === 'sso' ? logInToSso(errand, source) : renewAwsLogin(errand, source));
}

async function logInToSso(errand: Errand, source: SsoSpec): Promise<void> {
  const { host, options } = errand;
  const name = nameOfSession(source);
  const before = readSsoToken(host, source);
  const token = await (options.refresh ? logInAgain(errand, source) : getSsoToken(errand, source));
  const isOld = token.accessToken.reveal() === before?.accessToken.reveal();
  if (readSsoToken(host, source) === null) {
    const problem = `you are logged in to ${name}, but the token could not be kept`;
    throw new AssumeError('FAILED', problem, { hint: 'see why: assume doctor' });
  }
  const left = timeLeft(token.expiration, host.now());
  const what = isOld ? `there is a login to ${name} already` : `logged in to ${name}`;
  sayUnlessQuiet(host, options, `${what}: ${left} left`);
}

async function renewAwsLogin(errand: Errand, source: LoginSpec): Promise<void> {
  const { host, options } = errand;
  const credentials = await loginSession.read(source, errand);
  const left = credentials?.expiration ? timeLeft(credentials.expiration, host.now()) : '';
  sayUnlessQuiet(host, options, `aws login of ${source.session} lives: ${left} left, then renewed`);
}
