import { isAssumeError, AssumeError } from '../errors.js';
import { refusalBehind } from '../aws/aws-errors.js';
import { attempt } from '../store/attempt.js';
import {
  loginSessionName,
  readLoginSession,
  writeLoginSession,
  type LoginSession,
} from '../store/login-sessions.js';
import { singleFlight } from '../store/single-flight.js';
import type { LoginSpec } from '../target/identity-spec.js';
import { profileValue } from '../target/profile-value.js';
import { visible } from '../visible.js';
import type { Errand, IdentitySource } from './identity-source.js';
import { refusedTo, sourceFailure } from './source-failure.js';

/** With less left, AWS's tools renew it. */
const RENEWAL_MARGIN_MS = 5 * 60_000;

/** What `aws login` got and keeps for every tool of AWS's, renewed where it has little time left. */
export const loginSession: IdentitySource = {
  async read(spec, errand) {
    if (spec.kind !== 'login') return null;
    const kept = readLoginSession(errand.host, spec);
    if (kept && timeLeftMs(errand, kept) > RENEWAL_MARGIN_MS) return kept.credentials;
    const session = await singleFlight(errand, loginSessionName(spec), 'renew aws login', () =>
      renewOnce(errand, spec),
    );
    return session.credentials;
  },
};

/** Looks again, since another process may have renewed it meanwhile. */
async function renewOnce(errand: Errand, spec: LoginSpec): Promise<LoginSession> {
  const kept = readLoginSession(errand.host, spec);
  if (!kept) throw loginNeeded(errand, spec, 'nobody is logged in');
  if (timeLeftMs(errand, kept) > RENEWAL_MARGIN_MS) return kept;
  try {
    return await renew(errand, spec, kept);
  } catch (error) {
    const serves = isUnreached(error) ? kept : renewedByAnother(errand, spec, kept);
    if (serves && timeLeftMs(errand, serves) > 0) return serves;
    throw explain(errand, spec, error);
  }
}

/** The AWS CLI knows nothing of our lock: it may have spent the refresh token just before us. */
function renewedByAnother(
  errand: Errand,
  spec: LoginSpec,
  { refreshToken }: LoginSession,
): LoginSession | null {
  const now = readLoginSession(errand.host, spec);
  return now && now.refreshToken.reveal() !== refreshToken.reveal() ? now : null;
}

async function renew(errand: Errand, spec: LoginSpec, kept: LoginSession): Promise<LoginSession> {
  const { renewLogin } = await import('../aws/signin.js');
  const region = kept.region ?? spec.region ?? errand.aws.region;
  const renewed = { ...kept, ...(await renewLogin({ ...errand.aws, region }, kept)) };
  attempt(errand.host, 'keep the renewed credentials of aws login', () => {
    writeLoginSession(errand.host, spec, renewed);
  });
  return renewed;
}

function isUnreached(error: unknown): boolean {
  return isAssumeError(error) && error.code === 'AWS_UNREACHABLE';
}

function explain(errand: Errand, spec: LoginSpec, error: unknown): unknown {
  switch (isAssumeError(error) ? refusalBehind(error)?.awsCode : undefined) {
    case 'TOKEN_EXPIRED':
      return loginNeeded(errand, spec, 'the login has expired', error);
    case 'USER_CREDENTIALS_CHANGED':
      return loginNeeded(errand, spec, 'the password has changed since the login', error);
    case 'INSUFFICIENT_PERMISSIONS':
      return sourceFailure(errand, 'AWS_REFUSED', `${who(spec)} may not renew what aws login got`, {
        cause: error,
        hint: 'ask for the permission signin:CreateOAuth2Token',
      });
    default:
      return refusedTo(errand, error);
  }
}

function loginNeeded({ config }: Errand, spec: LoginSpec, why: string, cause?: unknown) {
  const profile = [...config.aws.profiles.values()].find(
    (one) => profileValue(one, 'login_session')?.value === spec.session,
  );
  return new AssumeError('LOGIN_NEEDED', `${why}: ${who(spec)}`, {
    cause,
    hint: `log in: aws login${profile ? ` --profile ${visible(profile.name)}` : ''}`,
  });
}

const who = ({ session }: LoginSpec): string => visible(session);

function timeLeftMs({ host }: Errand, { credentials }: LoginSession): number {
  return credentials.expiration.getTime() - host.now().getTime();
}
