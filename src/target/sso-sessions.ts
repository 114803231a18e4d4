import type { AwsFiles } from '../config/aws-files.js';
import { isAssumeError } from '../errors.js';
import type { SsoSession } from './identity-spec.js';
import { ssoOf, ssoSessionOf } from './profile-sso.js';

/** Every login at IAM Identity Center that AWS's files name, each once; what is half there is none. */
export function ssoSessionsOf(aws: AwsFiles): SsoSession[] {
  const named = [...aws.ssoSessions.values()].map((section) =>
    wholeOrNull(() => ssoSessionOf(aws, section.name, section)),
  );
  const old = [...aws.profiles.values()].map((profile) => wholeOrNull(() => ssoOf(profile, aws)));
  const sessions = [...named, ...old].flatMap((session): [string, SsoSession][] =>
    session ? [[JSON.stringify([session.session, session.startUrl]), session]] : [],
  );
  return [...new Map(sessions).values()];
}

function wholeOrNull(read: () => SsoSession | null): SsoSession | null {
  try {
    return read();
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return null;
  }
}
