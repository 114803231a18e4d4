import { createServer as createPlainServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server as SocketServer, type Socket } from 'node:net';
import { createServer as createTlsFront } from 'node:tls';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Certified } from './private-ca.js';

/** A proxy of this test alone on 127.0.0.1, which leads every host to one port. */
export interface OwnProxy {
  /** With the scheme by which it is spoken to. */
  readonly url: string;
  readonly port: number;
  /** Each CONNECT so far: host and port, and the `Proxy-Authorization` that came with it. */
  readonly asked: { readonly host: string; readonly authorization: string | undefined }[];
}

export interface ProxyOptions {
  /** The port that stands in for every host. */
  readonly to: number;
  /** The answer to every CONNECT, in place of letting it through: `502 Bad Gateway`; `null` for none. */
  readonly refusal?: string | null;
  /** What it shows when it is spoken to by HTTPS. */
  readonly secure?: Certified;
}

/** Starts a proxy that ends with the test. */
export async function startProxy({ to, refusal, secure }: ProxyOptions): Promise<OwnProxy> {
  const asked: { host: string; authorization: string | undefined }[] = [];
  const server: Server = secure ? createTlsServer(secure) : createPlainServer();
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    const authorization = request.headers['proxy-authorization'];
    asked.push({ host: request.url ?? '', authorization });
    if (refusal === null) return;
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal}\r\nContent-Type: text/html\r\n\r\n<h1>no</h1>`);
      return;
    }
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    join(client, connect(to, '127.0.0.1'));
  });
  const port = await listen(server);
  return { url: `${secure ? 'https' : 'http'}://127.0.0.1:${String(port)}`, port, asked };
}

/** Starts a TLS server before a plain one, which ends with the test; gives its port. */
export async function startTlsFront(certified: Certified, to: number): Promise<number> {
  return listen(
    createTlsFront(certified, (client) => {
      join(client, connect(to, '127.0.0.1'));
    }),
  );
}

function join(one: Duplex, other: Duplex): void {
  one.pipe(other).pipe(one);
  for (const [end, opposite] of [
    [one, other],
    [other, one],
  ] as const) {
    end.on('error', () => opposite.destroy());
    end.on('close', () => opposite.destroy());
  }
}

async function listen(server: SocketServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return (server.address() as AddressInfo).port;
}
