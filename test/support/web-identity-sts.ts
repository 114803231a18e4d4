import {
  createServer,
  request as open,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { onTestFinished } from 'vitest';
import type { IssuedCredentials } from '../../src/sandbox/issued-credentials.js';
import { formatCredentials } from '../../src/sandbox/issued-credentials.js';
import { formatAnswer, formatError } from '../../src/sandbox/xml.js';
import type { Practice } from './practice.js';
import { MACHINE_ROLE } from './machine-role.js';

/** The practice AWS with AssumeRoleWithWebIdentity before it, for one role and one token. */
export interface WebIdentitySts {
  readonly url: string;
  /** What it hands out next. */
  credentials: IssuedCredentials;
  /** The token that it takes. */
  token: string;
  /** Something in AWS's place: it hands out the one role whichever is asked for. */
  answersForAnyRole: boolean;
  /** What it refuses with instead; `null` for none. */
  refusal: { readonly status: number; readonly code: string; readonly message: string } | null;
  /** The fields of each request for a web identity since the last call. */
  received(): Readonly<Record<string, string>>[];
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Starts one that ends with the test. All else goes to the practice AWS as it came. */
export async function useWebIdentitySts(
  { aws }: Practice,
  credentials: IssuedCredentials,
  token: string,
): Promise<WebIdentitySts> {
  const received: Record<string, string>[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const fields = Object.fromEntries(new URLSearchParams(body.toString()));
      if (fields['Action'] !== 'AssumeRoleWithWebIdentity') {
        forward(aws.url, request, body, response);
        return;
      }
      received.push(fields);
      const { status, text } = answer(sts, fields, request.headers.authorization !== undefined);
      response.writeHead(status, { 'Content-Type': 'text/xml' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it has no port');
  const sts: WebIdentitySts = {
    url: `http://127.0.0.1:${String(address.port)}`,
    credentials,
    token,
    answersForAnyRole: false,
    refusal: null,
    received: () => received.splice(0),
  };
  return sts;
}

function answer(
  sts: WebIdentitySts,
  fields: Readonly<Record<string, string>>,
  isSigned: boolean,
): { status: number; text: string } {
  const wrong = sts.refusal ?? refusalOf(sts, fields, isSigned);
  if (wrong) return { status: wrong.status, text: formatError(wrong, NAMESPACE, 'request-1') };
  const session = fields['RoleSessionName'] ?? '';
  const arn = `${MACHINE_ROLE.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${session}`;
  const result = {
    Credentials: formatCredentials(sts.credentials),
    AssumedRoleUser: { Arn: arn, AssumedRoleId: `AROAEXAMPLEMACHINE000:${session}` },
    SubjectFromWebIdentityToken: 'subject',
  };
  const text = formatAnswer('AssumeRoleWithWebIdentity', NAMESPACE, 'request-1', result);
  return { status: 200, text };
}

function refusalOf(
  { token, answersForAnyRole }: WebIdentitySts,
  fields: Readonly<Record<string, string>>,
  isSigned: boolean,
): WebIdentitySts['refusal'] {
  if (isSigned) return { status: 400, code: 'ValidationError', message: 'it is signed' };
  if (fields['WebIdentityToken'] !== token) {
    return { status: 400, code: 'InvalidIdentityToken', message: 'not that token' };
  }
  if (fields['RoleArn'] !== MACHINE_ROLE && !answersForAnyRole) {
    const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
    return { status: 403, code: 'AccessDenied', message };
  }
  return null;
}

/** The signature covers the host that was called, so every header goes on as it came. */
function forward(url: string, request: IncomingMessage, body: Buffer, response: ServerResponse) {
  const { method, headers, url: path } = request;
  const outgoing = open(url, { method, headers, path, agent: false }, (incoming) => {
    response.writeHead(incoming.statusCode ?? 0, incoming.headers);
    incoming.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  outgoing.end(body);
}
