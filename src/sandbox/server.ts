import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AssumeError } from '../errors.js';
import { answerRequest, type Answer } from './answer.js';
import type { Memory } from './call.js';
import type { Caller } from './caller.js';
import { checkWorld } from './check-world.js';
import type { Fault } from './faults.js';
import { issueCredentials, type IssuedCredentials } from './issued-credentials.js';
import type { RecordedRequest } from './recorded-request.js';
import type { SignedRequest } from './signature.js';
import type { World } from './world.js';

/** An AWS on this machine's loopback: STS, and what `assume` asks of IAM. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** May be changed; the next request meets the change. */
  readonly world: World;
  /** Every request so far, in the order in which they were decided. */
  readonly requests: RecordedRequest[];
  /** Trouble for requests to come; empty at first. */
  readonly faults: Fault[];
  /**
   * Called with each request after it was decided and recorded and before it is answered. Awaiting
   * holds the answer back; rejecting drops the connection.
   */
  beforeAnswer: ((request: RecordedRequest) => Promise<void>) | null;
  /** Temporary credentials as services of AWS other than STS hand them out; it takes them as its own. */
  issue(caller: Caller, expiration: Date): IssuedCredentials;
  /** Ends all connections; the port is free when it resolves. */
  close(): Promise<void>;
}

export interface SandboxOptions {
  readonly world: World;
  /** The clock that decides on codes, expiry and signatures. */
  readonly now?: () => Date;
  /** How long every answer takes at least. */
  readonly latencyMs?: number;
}

/** More than any request here can hold by the API's limits. */
const BODY_LIMIT_BYTES = 256 * 1024;

/**
 * Starts a sandbox on a free port of 127.0.0.1. It decides by the world's policy documents alone.
 *
 * @throws AssumeError `CONFIG_INVALID` for a world with a malformed policy; `FAILED` when there is no
 * port to be had.
 */
export async function startSandbox({
  world,
  now = () => new Date(),
  latencyMs = 0,
}: SandboxOptions): Promise<Sandbox> {
  checkWorld(world);
  const memory: Memory = {
    issued: new Map(),
    spentCodes: new Set(),
    lastUses: new Map(),
    newKeys: new Map(),
  };
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  const sandbox: Sandbox = {
    url: `http://127.0.0.1:${(await listen(server)).toString()}`,
    world,
    requests: [],
    faults: [],
    beforeAnswer: null,
    issue: (caller, expiration) => {
      const credentials = issueCredentials(caller, expiration);
      memory.issued.set(credentials.accessKeyId, credentials);
      return credentials;
    },
    close: () => close(server),
  };
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    const { faults } = sandbox;
    const aws = { world, memory, faults, now: now(), requestId: randomUUID() };
    const answer = answerRequest(request, aws);
    sandbox.requests.push(answer.recorded);
    await sandbox.beforeAnswer?.(answer.recorded);
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    send(response, answer);
  };
  return sandbox;
}

async function readRequest(incoming: IncomingMessage): Promise<SignedRequest> {
  return {
    method: incoming.method ?? '',
    target: incoming.url ?? '',
    headers: incoming.headersDistinct,
    body: await readBody(incoming),
  };
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer.body === null) {
    response.destroy();
    return;
  }
  response.sendDate = false;
  response.writeHead(answer.recorded.outcome.status, {
    'Content-Type': answer.contentType,
    'Content-Length': Buffer.byteLength(answer.body),
    'x-amzn-RequestId': answer.requestId,
    Date: answer.recorded.at.toUTCString(),
  });
  response.end(answer.body);
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES)
      throw new AssumeError('FAILED', 'The request is too long', {
        hint: 'send less in one request',
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new AssumeError('FAILED', 'The sandbox found no port on 127.0.0.1', {
          cause,
          hint: 'see whether this machine lets a program listen there',
        }),
      );
    });
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
