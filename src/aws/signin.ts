import { CreateOAuth2TokenCommand, SigninClient } from '@aws-sdk/nested-clients/signin';
import { Secret } from '../credentials.js';
import { isAssumeError } from '../errors.js';
import type { LoginSession } from '../store/login-sessions.js';
import type { AwsContext } from './aws-context.js';
import { readAwsError } from './aws-errors.js';
import { callDeadline } from './call-deadline.js';
import { unsignedSettings } from './client.js';
import { makeDpopProof } from './dpop-proof.js';
import { notAws } from './not-aws.js';
import { readCredentials } from './temporary-credentials.js';

/** What a renewal changes. */
export type RenewedLogin = Pick<LoginSession, 'credentials' | 'refreshToken'>;

const WANTED = 'renew the credentials of aws login';

/**
 * Renews what `aws login` got. Its client is a part of the SDK's credential providers: the SDK
 * publishes no other.
 *
 * @throws AssumeError AWS_REFUSED with an `AwsRefusal` as its cause, whose `awsCode` is OAuth's, such
 * as `TOKEN_EXPIRED`; IDENTITY_INVALID for a broken key; AWS_UNREACHABLE.
 * @see https://docs.aws.amazon.com/signin/latest/APIReference/API_CreateOAuth2Token.html
 */
export async function renewLogin(
  context: AwsContext,
  session: LoginSession,
): Promise<RenewedLogin> {
  const client = makeClient(context, session.proofKey);
  const tokenInput = {
    clientId: session.clientId,
    grantType: 'refresh_token',
    refreshToken: session.refreshToken.reveal(),
  };
  try {
    const command = new CreateOAuth2TokenCommand({ tokenInput });
    const { tokenOutput: given } = await client.send(command, callDeadline());
    const { accessToken, refreshToken, expiresIn } = given ?? {};
    if (!refreshToken || !expiresIn) throw notAws(WANTED);
    const { accessKeyId, secretAccessKey, sessionToken } = accessToken ?? {};
    const expiration = new Date(context.host.now().getTime() + expiresIn * 1000);
    const keys = { accessKeyId, secretAccessKey, sessionToken, expiration };
    return {
      credentials: readCredentials(keys, WANTED),
      refreshToken: new Secret(refreshToken),
    };
  } catch (thrown) {
    throw isAssumeError(thrown) ? thrown : readAwsError(WANTED, named(thrown));
  } finally {
    client.destroy();
  }
}

/** What the SDK is about to send. */
interface SentRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Record<string, string>;
}

/** A client whose every request, retries too, carries a fresh proof that we hold the key. */
function makeClient(context: AwsContext, key: Secret): SigninClient {
  const { host } = context;
  const client = new SigninClient(unsignedSettings(context, 3));
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as SentRequest;
      const port = request.port === undefined ? '' : `:${String(request.port)}`;
      const url = `${request.protocol}//${request.hostname}${port}${request.path}`;
      const id = host.randomBytes(16).toString('hex');
      request.headers['DPoP'] = makeDpopProof(key, url, host.now(), id);
      return next(args);
    },
    { step: 'finalizeRequest', name: 'dpopProof' },
  );
  return client;
}

/** One name serves four reasons; OAuth's own code tells them apart. */
function named(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !('error' in thrown)) return thrown;
  const { error: code } = thrown;
  return typeof code === 'string' ? Object.assign(thrown, { name: code }) : thrown;
}
