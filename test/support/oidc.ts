import { createHash } from 'node:crypto';
import { makeDevices, type DeviceSettings } from './device-codes.js';
import { fieldOf, oauthRefusal, secretText, type Fields, type LoginAnswer } from './oauth.js';

export interface OidcSettings extends DeviceSettings {
  /** How long a token lives. */
  tokenSeconds: number;
}

/** The OIDC service of IAM Identity Center, with the page that its logins show. */
export interface Oidc {
  /** When each access token ends. */
  readonly tokens: Map<string, Date>;
  /** The client of each refresh token, which is good for one renewal. */
  readonly refreshTokens: Map<string, string>;
  /** What a login gives, with the client that asked for it, as the AWS CLI keeps them. */
  logIn(seconds: number): Readonly<Record<string, string>>;
  /** Answers one request; `null` when the action is none of its. */
  answer(action: string, fields: Fields): LoginAnswer | null;
}

interface Client {
  readonly secret: string;
  readonly redirectUris: readonly string[];
}

interface Code {
  readonly clientId: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

export function makeOidc(settings: OidcSettings, url: () => string, now: () => Date): Oidc {
  const clients = new Map<string, Client>();
  const codes = new Map<string, Code>();
  const tokens = new Map<string, Date>();
  const refreshTokens = new Map<string, string>();
  const devices = makeDevices(settings, url, now);
  const later = (seconds: number): Date => new Date(now().getTime() + seconds * 1000);

  const register = (redirectUris: readonly string[]) => {
    const [clientId, clientSecret] = [secretText('client-'), secretText('client-secret-')];
    clients.set(clientId, { secret: clientSecret, redirectUris });
    const clientSecretExpiresAt = Math.floor(later(90 * 86_400).getTime() / 1000);
    return { clientId, clientSecret, clientSecretExpiresAt };
  };

  const clientOf = (fields: Fields): string => {
    const clientId = fieldOf(fields, 'clientId');
    if (clients.get(clientId)?.secret === fieldOf(fields, 'clientSecret')) return clientId;
    throw oauthRefusal('invalid_client', 'Invalid client', 401);
  };

  const issue = (clientId: string, seconds: number) => {
    const accessToken = secretText('aoa-access-');
    const refreshToken = secretText('aor-refresh-');
    tokens.set(accessToken, later(seconds));
    refreshTokens.set(refreshToken, clientId);
    return { accessToken, refreshToken };
  };

  const grant = (clientId: string): LoginAnswer => {
    const { tokenSeconds: expiresIn } = settings;
    const body = { ...issue(clientId, expiresIn), tokenType: 'Bearer', expiresIn };
    return { status: 200, body };
  };

  const checkCode = (clientId: string, fields: Fields): void => {
    const code = codes.get(fieldOf(fields, 'code'));
    codes.delete(fieldOf(fields, 'code'));
    const verifier = fieldOf(fields, 'codeVerifier');
    const isRight =
      code?.clientId === clientId &&
      code.challenge === createHash('sha256').update(verifier).digest('base64url') &&
      code.redirectUri === fieldOf(fields, 'redirectUri');
    if (!isRight) throw oauthRefusal('invalid_grant', 'Invalid code');
  };

  const createToken = (fields: Fields): LoginAnswer => {
    const clientId = clientOf(fields);
    switch (fieldOf(fields, 'grantType')) {
      case 'urn:ietf:params:oauth:grant-type:device_code':
        devices.poll(clientId, fieldOf(fields, 'deviceCode'));
        return grant(clientId);
      case 'authorization_code':
        checkCode(clientId, fields);
        return grant(clientId);
      case 'refresh_token': {
        const refreshToken = fieldOf(fields, 'refreshToken');
        const isMine = refreshTokens.get(refreshToken) === clientId;
        refreshTokens.delete(refreshToken);
        if (isMine) return grant(clientId);
        throw oauthRefusal('invalid_grant', 'Invalid refresh token provided');
      }
      default:
        throw oauthRefusal('unsupported_grant_type', 'No such grant');
    }
  };

  /** Its port does not count: RFC 8252. */
  const isRegistered = (fields: Fields): boolean => {
    const { protocol, hostname, pathname } = new URL(fieldOf(fields, 'redirect_uri'));
    const client = clients.get(fieldOf(fields, 'client_id'));
    return client?.redirectUris.includes(`${protocol}//${hostname}${pathname}`) ?? false;
  };

  const authorize = (fields: Fields): LoginAnswer => {
    if (!isRegistered(fields) || fieldOf(fields, 'code_challenge_method') !== 'S256')
      return { status: 400, body: 'no such client' };
    if (settings.decision === 'nothing') return { status: 200, body: 'a page' };
    const redirect = new URL(fieldOf(fields, 'redirect_uri'));
    redirect.searchParams.set('state', fieldOf(fields, 'state'));
    if (settings.decision === 'deny') redirect.searchParams.set('error', 'access_denied');
    else {
      const code = secretText('code-');
      redirect.searchParams.set('code', code);
      codes.set(code, {
        clientId: fieldOf(fields, 'client_id'),
        challenge: fieldOf(fields, 'code_challenge'),
        redirectUri: fieldOf(fields, 'redirect_uri'),
      });
    }
    return { status: 302, headers: { Location: redirect.href }, body: '' };
  };

  return {
    tokens,
    refreshTokens,
    logIn: (seconds) => {
      const { clientId, clientSecret } = register([]);
      const expiresAt = iso(later(seconds));
      const registrationExpiresAt = iso(later(90 * 86_400));
      const client = { clientId, clientSecret, registrationExpiresAt };
      return { ...client, ...issue(clientId, seconds), expiresAt };
    },
    answer: (action, fields) => {
      switch (action) {
        case 'RegisterClient':
          return { status: 200, body: register(listOf(fields['redirectUris'])) };
        case 'StartDeviceAuthorization':
          return devices.start(clientOf(fields));
        case 'CreateToken':
          return createToken(fields);
        case 'page of a device code':
          return devices.visit(fields['user_code']);
        case 'page of a login':
          return authorize(fields);
        default:
          return null;
      }
    },
  };
}

const iso = (instant: Date): string => instant.toISOString().replace(/\.\d+Z$/, 'Z');

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
