import {
  createServer,
  request as sendRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { onTestFinished } from 'vitest';
import { LoginRefusal, type LoginAnswer, type LoginRequest } from './oauth.js';

/** Several services at one URL, as `ASSUME_ENDPOINT_URL` wants them. */
export interface SignOnServer {
  readonly url: string;
  /** Every request so far, those that were passed on too. */
  readonly requests: readonly LoginRequest[];
  /** Called with each request before anything is answered; does nothing at first. */
  beforeAnswer: (request: LoginRequest) => void;
}

/** Which action a request is, by its path; STS names its own in the body. */
const ACTIONS: Readonly<Record<string, string>> = {
  'POST /client/register': 'RegisterClient',
  'POST /device_authorization': 'StartDeviceAuthorization',
  'POST /token': 'CreateToken',
  'GET /device': 'page of a device code',
  'GET /authorize': 'page of a login',
  'GET /federation/credentials': 'GetRoleCredentials',
  'POST /logout': 'Logout',
  'POST /v1/token': 'CreateOAuth2Token',
};

/**
 * Starts a server of this test alone.
 *
 * @param answer - `null` passes the request on.
 * @param elsewhere - Where to: the URL of a practice's STS.
 */
export async function startSignOnServer(
  answer: (request: LoginRequest) => LoginAnswer | null,
  elsewhere: string,
  now: () => Date,
): Promise<SignOnServer> {
  const requests: LoginRequest[] = [];
  const server = createServer((incoming, response) => {
    void readBody(incoming).then((body) => {
      const request = readRequest(incoming, body, now());
      requests.push(request);
      started.beforeAnswer(request);
      const own = answerOrRefuse(() => answer(request));
      if (own) send(response, own);
      else forward(elsewhere, incoming, body, response);
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
  const url = `http://127.0.0.1:${String(address.port)}`;
  const started: SignOnServer = { url, requests, beforeAnswer: () => undefined };
  return started;
}

function readRequest(incoming: IncomingMessage, body: Buffer, at: Date): LoginRequest {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const action = ACTIONS[`${incoming.method ?? ''} ${pathname}`];
  const text = body.toString();
  const form = Object.fromEntries(new URLSearchParams(action === undefined ? text : ''));
  const json = action !== undefined && text !== '' ? (JSON.parse(text) as object) : {};
  const token = incoming.headers['x-amz-sso_bearer_token'];
  const proof = incoming.headers['dpop'];
  return {
    action: action ?? form['Action'] ?? '',
    fields: {
      ...Object.fromEntries(searchParams),
      ...form,
      ...json,
      ...(token !== undefined && { accessToken: token }),
      ...(proof !== undefined && { dpop: proof }),
    },
    userAgent: incoming.headers['user-agent'] ?? '',
    at,
  };
}

function answerOrRefuse(answer: () => LoginAnswer | null): LoginAnswer | null {
  try {
    return answer();
  } catch (error) {
    if (error instanceof LoginRefusal) return error.answer;
    throw error;
  }
}

function send(response: ServerResponse, { status, headers, body }: LoginAnswer): void {
  const isText = typeof body === 'string';
  const type = isText ? 'text/html' : 'application/json';
  response.writeHead(status, { 'Content-Type': type, ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

/** Passes a request on as it came: its signature covers the host that it was sent to. */
function forward(url: string, incoming: IncomingMessage, body: Buffer, to: ServerResponse): void {
  const { method = 'POST', headers, url: path = '/' } = incoming;
  const passed = sendRequest(new URL(path, url), { method, headers }, (answer) => {
    to.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(to);
  });
  passed.on('error', () => to.destroy()).end(body);
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
