import type { IssuedCredentials } from '../../src/sandbox/issued-credentials.js';
import type { Sandbox } from '../../src/sandbox/server.js';
import { fieldOf, LoginRefusal, type Fields, type LoginAnswer } from './oauth.js';
import { makeOidc, type OidcSettings } from './oidc.js';
import { reservedRoleCaller } from './reserved-role.js';

/** An IAM Identity Center: its OIDC service and its portal, with one person who has some roles. */
export interface IdentityCenter {
  /** May be changed while it runs. */
  readonly settings: OidcSettings & {
    roleSeconds: number;
    /** What every role gets; `null` for credentials of its own. */
    handed: IssuedCredentials | null;
  };
  /** What the person may be, as `ACCOUNT/ROLE`. */
  readonly assignments: Set<string>;
  /** Ends every login, as an administrator can; what could renew one lives on. */
  revokeTokens(): void;
  /** Ends what could renew a login; its token lives on. */
  revokeRefreshTokens(): void;
  /** What a login gives, with the client that asked for it, as the AWS CLI keeps them. */
  logIn(seconds: number): Readonly<Record<string, string>>;
  /** Answers one request; `null` when the action is none of its. */
  answer(action: string, fields: Fields): LoginAnswer | null;
}

/** @param url - Where it can be reached, once it can. */
export function makeIdentityCenter(
  aws: Sandbox,
  url: () => string,
  now: () => Date,
): IdentityCenter {
  const settings: IdentityCenter['settings'] = {
    decision: 'approve',
    tokenSeconds: 8 * 3600,
    roleSeconds: 3600,
    intervalSeconds: 1,
    deviceSeconds: 600,
    slowDowns: 0,
    verificationUri: null,
    handed: null,
  };
  const assignments = new Set(['111111111111/Developer', '111111111111/Administrator']);
  const oidc = makeOidc(settings, url, now);

  const getRoleCredentials = (fields: Fields): LoginAnswer => {
    const accountId = fieldOf(fields, 'account_id');
    const roleName = fieldOf(fields, 'role_name');
    if (!assignments.has(`${accountId}/${roleName}`)) {
      throw new LoginRefusal(403, 'ForbiddenException', { message: 'No access' });
    }
    const caller = reservedRoleCaller(aws.world, accountId, roleName, now());
    const expires = new Date(now().getTime() + settings.roleSeconds * 1000);
    const issued = settings.handed ?? aws.issue(caller, expires);
    const { accessKeyId, secret: secretAccessKey, sessionToken } = issued;
    const expiration = issued.expiration.getTime();
    const keys = { accessKeyId, secretAccessKey, sessionToken, expiration };
    return { status: 200, body: { roleCredentials: keys } };
  };

  const requireToken = (fields: Fields): string => {
    const token = fieldOf(fields, 'accessToken');
    if ((oidc.tokens.get(token) ?? new Date(0)) > now()) return token;
    const message = 'Session token not found or invalid';
    throw new LoginRefusal(401, 'UnauthorizedException', { message });
  };

  return {
    settings,
    assignments,
    revokeTokens: () => {
      oidc.tokens.clear();
    },
    revokeRefreshTokens: () => {
      oidc.refreshTokens.clear();
    },
    logIn: oidc.logIn,
    answer: (action, fields) => {
      switch (action) {
        case 'GetRoleCredentials':
          requireToken(fields);
          return getRoleCredentials(fields);
        case 'Logout':
          oidc.tokens.delete(requireToken(fields));
          oidc.refreshTokens.clear();
          return { status: 200, body: '' };
        default:
          return oidc.answer(action, fields);
      }
    },
  };
}
