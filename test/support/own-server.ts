import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** A server of this test alone on 127.0.0.1. */
export interface OwnServer {
  readonly url: string;
  /** The `Action` of each request so far; empty for one that names none. */
  readonly received: string[];
}

/** Answers a request to AWS's Query API by its action and its other fields. */
export type Answerer = (
  action: string,
  fields: URLSearchParams,
  response: ServerResponse,
  request: IncomingMessage,
) => void;

/** Starts a server that ends with the test. */
export async function startOwnServer(answer: Answerer): Promise<OwnServer> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const fields = new URLSearchParams(body);
      const action = fields.get('Action') ?? '';
      received.push(action);
      answer(action, fields, response, request);
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
  return { url: `http://127.0.0.1:${String(address.port)}`, received };
}
