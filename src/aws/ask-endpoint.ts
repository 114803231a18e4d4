import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Host } from '../host/host.js';

/** More than any credentials take. */
const MOST_BYTES = 64 * 1024;

/** A busy endpoint is asked again, each time a little later. */
const ATTEMPTS = 3;
const PAUSE_MS = 200;

/** What is asked of an endpoint that serves credentials to this machine. */
export interface EndpointRequest {
  readonly method: 'GET' | 'PUT';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** For each attempt. */
  readonly timeoutMs: number;
}

export interface EndpointAnswer {
  readonly status: number;
  readonly text: string;
}

/** More came than any credentials take. */
export class EndlessAnswer extends Error {}

/**
 * Asks a container's endpoint or an instance's metadata, directly: no proxy of the environment ever
 * sees their credentials, and no redirection is followed. The SDK's own providers go through such a
 * proxy on some versions of Node, read without bound, ask a refused request again, and hide what was
 * answered.
 *
 * @throws EndlessAnswer; Error as Node gives it when nothing answers whole and in time.
 */
export async function askEndpoint(host: Host, request: EndpointRequest): Promise<EndpointAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(request);
    const isBusy = answer.status === 429 || answer.status >= 500;
    if (!isBusy || attempt === ATTEMPTS) return answer;
    await host.sleep(PAUSE_MS * attempt);
  }
}

function send({ method, url, headers, timeoutMs }: EndpointRequest): Promise<EndpointAnswer> {
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    // An agent of its own: Node sends what the global one carries through HTTP_PROXY if told to.
    const outgoing = open(url, { method, headers, signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > MOST_BYTES) outgoing.destroy(new EndlessAnswer());
      });
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    outgoing.on('error', reject).end();
  });
}
