import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
  type CreateTokenCommandInput,
} from '@aws-sdk/client-sso-oidc';
import { Secret } from '../credentials.js';
import type { ClientUse } from '../store/sso-clients.js';
import type { SsoClient } from '../store/sso-tokens.js';
import type { AwsContext } from './aws-context.js';
import { readAwsError } from './aws-errors.js';
import { callDeadline } from './call-deadline.js';
import { unsignedSettings } from './client.js';
import { notAws } from './not-aws.js';

/** Where a browser may be sent back to after a login, and whose login it is. */
export interface Redirect {
  readonly uri: string;
  readonly issuerUrl: string;
}

/** A login that waits for a person at a browser anywhere. */
export interface DeviceAuthorization {
  readonly deviceCode: Secret;
  /** Both pages have to show it. */
  readonly userCode: string;
  readonly verificationUri: string;
  /** The same with the code filled in. */
  readonly verificationUriComplete: string;
  readonly expiresInSeconds: number;
  /** How often it may be asked whether the person is done; `null` when AWS does not say. */
  readonly intervalSeconds: number | null;
}

/** What shows that a token may be had. */
export type TokenProof =
  | { readonly kind: 'device'; readonly deviceCode: Secret }
  | {
      readonly kind: 'code';
      readonly code: Secret;
      readonly codeVerifier: Secret;
      readonly redirectUri: string;
    }
  | { readonly kind: 'refresh'; readonly refreshToken: Secret };

/** A token as it was given. */
export interface TokenGrant {
  readonly accessToken: Secret;
  readonly refreshToken: Secret | null;
  readonly expiresInSeconds: number;
}

/**
 * Registers this program for logins of one kind.
 *
 * @param redirect - `null` for logins by device code, which send no browser back.
 * @throws AssumeError AWS_REFUSED with an `AwsRefusal` as its cause, AWS_UNREACHABLE.
 * @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_RegisterClient.html
 */
export async function registerClient(
  context: AwsContext,
  clientName: string,
  { scopes, grantTypes }: ClientUse,
  redirect: Redirect | null,
): Promise<SsoClient> {
  const wanted = 'register at IAM Identity Center';
  const command = new RegisterClientCommand({
    clientName,
    clientType: 'public',
    ...(scopes.length > 0 && { scopes: [...scopes] }),
    ...(grantTypes.length > 0 && { grantTypes: [...grantTypes] }),
    ...(redirect && { redirectUris: [redirect.uri], issuerUrl: redirect.issuerUrl }),
  });
  const answer = await send(context, wanted, 3, (client) => client.send(command, callDeadline()));
  const { clientId, clientSecret, clientSecretExpiresAt } = answer;
  if (!clientId || !clientSecret || !clientSecretExpiresAt) throw notAws(wanted);
  return {
    clientId,
    clientSecret: new Secret(clientSecret),
    expiration: new Date(clientSecretExpiresAt * 1000),
  };
}

/**
 * Begins a login by device code.
 *
 * @throws AssumeError as `registerClient`.
 */
export async function startDeviceAuthorization(
  context: AwsContext,
  client: SsoClient,
  startUrl: string,
): Promise<DeviceAuthorization> {
  const wanted = `start a login at ${startUrl}`;
  const input = { ...clientInput(client), startUrl };
  const answer = await send(context, wanted, 3, (sdk) =>
    sdk.send(new StartDeviceAuthorizationCommand(input), callDeadline()),
  );
  const { deviceCode, userCode, verificationUri, verificationUriComplete, expiresIn } = answer;
  if (!deviceCode || !userCode || !verificationUri || !expiresIn) throw notAws(wanted);
  return {
    deviceCode: new Secret(deviceCode),
    userCode,
    verificationUri,
    verificationUriComplete: verificationUriComplete ?? verificationUri,
    expiresInSeconds: expiresIn,
    intervalSeconds: answer.interval ?? null,
  };
}

/**
 * Trades a proof for a token. A device code is tried once: how often is for its caller to say.
 *
 * @throws AssumeError as `registerClient`; the refusal's `awsCode` tells a person who is not done
 * yet (`AuthorizationPendingException`) from one who said no.
 * @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html
 */
export async function createToken(
  context: AwsContext,
  client: SsoClient,
  proof: TokenProof,
): Promise<TokenGrant> {
  const wanted = 'get a token of IAM Identity Center';
  const input = { ...clientInput(client), ...proofInput(proof) };
  const answer = await send(context, wanted, proof.kind === 'device' ? 1 : 3, (sdk) =>
    sdk.send(new CreateTokenCommand(input), callDeadline()),
  );
  const { accessToken, refreshToken, expiresIn } = answer;
  if (!accessToken || expiresIn === undefined) throw notAws(wanted);
  return {
    accessToken: new Secret(accessToken),
    refreshToken: refreshToken ? new Secret(refreshToken) : null,
    expiresInSeconds: expiresIn,
  };
}

/** The page of IAM Identity Center that starts a login in a browser; the SDK has no command for it. */
export async function authorizePage(context: AwsContext): Promise<URL> {
  const { config } = new SSOOIDCClient(unsignedSettings(context, 1));
  const { url } = config.endpointProvider({
    Region: context.region,
    UseFIPS: await config.useFipsEndpoint(),
    UseDualStack: await config.useDualstackEndpoint(),
    ...(context.endpoint !== null && { Endpoint: context.endpoint }),
  });
  return new URL(`${url.href.replace(/\/$/, '')}/authorize`);
}

type ClientInput = Required<Pick<CreateTokenCommandInput, 'clientId' | 'clientSecret'>>;

function clientInput({ clientId, clientSecret }: SsoClient): ClientInput {
  return { clientId, clientSecret: clientSecret.reveal() };
}

function proofInput(proof: TokenProof): Omit<CreateTokenCommandInput, keyof ClientInput> {
  switch (proof.kind) {
    case 'device':
      return {
        grantType: 'urn:ietf:params:oauth:grant-type:device_code',
        deviceCode: proof.deviceCode.reveal(),
      };
    case 'code':
      return {
        grantType: 'authorization_code',
        code: proof.code.reveal(),
        codeVerifier: proof.codeVerifier.reveal(),
        redirectUri: proof.redirectUri,
      };
    case 'refresh':
      return { grantType: 'refresh_token', refreshToken: proof.refreshToken.reveal() };
  }
}

async function send<Answer>(
  context: AwsContext,
  wanted: string,
  attempts: number,
  call: (client: SSOOIDCClient) => Promise<Answer>,
): Promise<Answer> {
  const client = new SSOOIDCClient(unsignedSettings(context, attempts));
  try {
    return await call(client);
  } catch (thrown) {
    throw readAwsError(wanted, described(thrown));
  } finally {
    client.destroy();
  }
}

/** This service says what is wrong in a field of OAuth, where the SDK does not look. */
function described(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !('error_description' in thrown)) return thrown;
  const { error_description: description } = thrown;
  return typeof description === 'string' ? Object.assign(thrown, { message: description }) : thrown;
}
