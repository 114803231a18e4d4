import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import type { IssuedCredentials } from '../../src/sandbox/issued-credentials.js';
import type { Sandbox } from '../../src/sandbox/server.js';
import { fieldOf, LoginRefusal, secretText, type Fields, type LoginAnswer } from './oauth.js';
import { reservedRoleCaller } from './reserved-role.js';

/** The service behind `aws login`: it renews what that command got, for whoever has the key. */
export interface AwsSignIn {
  readonly settings: {
    expiresInSeconds: number;
    /** OAuth's code of the refusal that the next renewals meet; `null` for none. */
    refusal: string | null;
    /** What the next renewals get; `null` for credentials of their own. */
    handed: IssuedCredentials | null;
  };
  /** The file that `aws login` writes, as AWS's own tools write it. */
  login(expires: Date): object;
  /** Answers a renewal. */
  answer(fields: Fields, url: string): LoginAnswer;
}

export const LOGIN_SESSION = 'arn:aws:iam::111111111111:user/jane.doe';

/** Where `aws login` keeps what a session got, in the home. */
export function loginFile(session: string): string {
  return `.aws/login/cache/${createHash('sha256').update(session).digest('hex')}.json`;
}

export function makeAwsSignIn(aws: Sandbox, now: () => Date): AwsSignIn {
  const settings: AwsSignIn['settings'] = { expiresInSeconds: 900, refusal: null, handed: null };
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const refreshTokens = new Set<string>();
  const proofs = new Set<string>();

  const issue = (expires: Date) => {
    const caller = reservedRoleCaller(aws.world, '111111111111', 'Login', now());
    const made = settings.handed ?? aws.issue(caller, expires);
    const { accessKeyId, secret: secretAccessKey, sessionToken } = made;
    const refreshToken = secretText('refresh-');
    refreshTokens.add(refreshToken);
    return { accessToken: { accessKeyId, secretAccessKey, sessionToken }, refreshToken };
  };

  return {
    settings,
    login: (expires) => {
      const { accessToken, refreshToken } = issue(expires);
      const expiresAt = expires.toISOString().replace(/\.\d+Z$/, 'Z');
      return {
        accessToken: { ...accessToken, accountId: '111111111111', expiresAt },
        tokenType: 'aws_sigv4',
        clientId: 'arn:aws:signin:::devtools/same-device',
        refreshToken,
        idToken: 'e30.e30.e30',
        dpopKey: keys.privateKey.export({ type: 'sec1', format: 'pem' }),
      };
    },
    answer: (fields, url) => {
      const proof = readProof(fieldOf(fields, 'dpop'));
      const jwk = keys.publicKey.export({ format: 'jwk' });
      const isFresh = Math.abs(now().getTime() / 1000 - proof.iat) < 300;
      const isBound = proof.jwk.x === jwk.x && proof.jwk.y === jwk.y;
      if (!isFresh || !isBound || proof.htm !== 'POST' || proof.htu !== url)
        throw new LoginRefusal(400, 'ValidationException', { message: `bad proof for ${url}` });
      if (proofs.has(proof.jti))
        throw new LoginRefusal(400, 'ValidationException', { message: 'a proof used twice' });
      proofs.add(proof.jti);
      const { refusal: error } = settings;
      if (error !== null)
        throw new LoginRefusal(401, 'AccessDeniedException', { error, message: 'No.' });
      if (!refreshTokens.delete(fieldOf(fields, 'refreshToken')))
        throw new LoginRefusal(401, 'AccessDeniedException', {
          ...{ error: 'TOKEN_EXPIRED', message: 'The refresh token is spent.' },
        });
      const { expiresInSeconds: expiresIn } = settings;
      const issued = issue(new Date(now().getTime() + expiresIn * 1000));
      return { status: 200, body: { ...issued, tokenType: 'aws_sigv4', expiresIn } };
    },
  };
}

interface Proof {
  readonly jwk: { readonly x?: string; readonly y?: string };
  readonly jti: string;
  readonly htm: string;
  readonly htu: string;
  readonly iat: number;
}

/** @throws LoginRefusal for a proof that its own key did not sign. */
function readProof(text: string): Proof {
  const [header = '', claims = '', signature = ''] = text.split('.');
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
  const { jwk, typ, alg } = read(header) as { jwk: object; typ: string; alg: string };
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (isSigned && typ === 'dpop+jwt' && alg === 'ES256')
    return { jwk, ...(read(claims) as Omit<Proof, 'jwk'>) };
  throw new LoginRefusal(400, 'ValidationException', { message: 'The proof is not signed' });
}
