import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import type { IssuedCredentials } from '../../src/sandbox/issued-credentials.js';

export interface EndpointAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A little HTTP server that keeps what it was asked. */
export interface EndpointServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** What was asked since the last call, such as `GET /path`. */
  received(): string[];
}

/** Starts one that ends with the test. @param answer - `null` leaves the question unanswered. */
export async function useEndpoint(
  answer: (request: IncomingMessage) => EndpointAnswer | null,
): Promise<EndpointServer> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    received.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const given = answer(request);
    if (given) response.writeHead(given.status, given.headers).end(given.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it has no port');
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    received: () => received.splice(0),
  };
}

/** Credentials as a container's endpoint and an instance's metadata write them. */
export function endpointJson({
  accessKeyId,
  secret,
  sessionToken,
  expiration,
}: IssuedCredentials): string {
  return JSON.stringify({
    Code: 'Success',
    LastUpdated: new Date().toISOString(),
    Type: 'AWS-HMAC',
    AccessKeyId: accessKeyId,
    SecretAccessKey: secret,
    Token: sessionToken,
    Expiration: expiration.toISOString().replace(/\.\d+Z$/, 'Z'),
  });
}
