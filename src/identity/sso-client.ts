import type { AwsContext } from '../aws/aws-context.js';
import type { Redirect } from '../aws/sso-oidc.js';
import { attempt } from '../store/attempt.js';
import { readSsoClient, writeSsoClient, type ClientUse } from '../store/sso-clients.js';
import type { SsoClient } from '../store/sso-tokens.js';
import type { SsoSession } from '../target/identity-spec.js';

/** What the AWS CLI asks for where a session names no scopes. */
const DEFAULT_SCOPE = 'sso:account:access';

/** With less left, the AWS CLI registers anew. */
const MARGIN_MS = 15 * 60_000;

/**
 * A registration for such a login: the one that is kept, the AWS CLI's or ours, else a new one.
 *
 * @param redirect - `null` for a login by device code.
 * @throws AssumeError as `registerClient`.
 */
export async function getSsoClient(
  aws: AwsContext,
  session: SsoSession,
  redirect: Redirect | null,
): Promise<SsoClient> {
  const { host } = aws;
  const use = useOf(session, redirect);
  const kept = readSsoClient(host, session, use);
  if (kept && kept.expiration.getTime() - host.now().getTime() > MARGIN_MS) return kept;
  const { registerClient } = await import('../aws/sso-oidc.js');
  const name = session.session === null ? 'assume-cli' : `assume-cli-${session.session}`;
  const client = await registerClient(aws, name, use, redirect);
  attempt(host, 'keep the registration at IAM Identity Center', () => {
    writeSsoClient(host, session, use, client);
  });
  return client;
}

/** Without a session the token is of the old kind: it has no scopes and cannot be renewed. */
export function scopesOf({ session, scopes }: SsoSession): readonly string[] {
  return session === null || scopes.length > 0 ? scopes : [DEFAULT_SCOPE];
}

function useOf(session: SsoSession, redirect: Redirect | null): ClientUse {
  const grantTypes = redirect ? ['authorization_code', 'refresh_token'] : [];
  return { scopes: scopesOf(session), grantTypes };
}
