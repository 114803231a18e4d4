import { pipeline, Readable, Transform } from 'node:stream';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import type { Environment } from '../host/host.js';
import { findProxy, type Proxy } from '../host/proxy.js';
import type { AwsContext } from './aws-context.js';
import { readCaBundle } from './ca-bundle.js';

const CONNECT_MS = 3_000;
const REPLY_MS = 8_000;

/** Far more than any answer of the calls that we make. */
const MOST_BYTES = 1024 * 1024;

/**
 * What carries an SDK client's requests: straight to AWS, or through the proxy that the environment
 * names for the host; trusting Node's CAs, or those of the user's bundle in their place.
 *
 * @throws AssumeError CONFIG_INVALID | CONFIG_UNREADABLE when the CA bundle cannot be used.
 */
export function makeRequestHandler({ host, caBundle }: AwsContext): NodeHttpHandler {
  return new Router(host.env, caBundle && readCaBundle(host, caBundle));
}

/** All requests of one client go to one host, so one way is enough. */
class Router extends NodeHttpHandler {
  readonly #env: Environment;
  readonly #ca: string | null;
  #tunnel: NodeHttpHandler | null = null;

  constructor(env: Environment, ca: string | null) {
    super(optionsOf({ httpsAgent: ca === null ? {} : { ca } }));
    this.#env = env;
    this.#ca = ca;
  }

  override async handle(...[request, options]: Parameters<NodeHttpHandler['handle']>) {
    const proxy = findProxy(this.#env, request);
    if (proxy) this.#tunnel ??= openTunnel(proxy, this.#ca);
    const { response } = await (proxy && this.#tunnel
      ? this.#tunnel.handle(request, options)
      : super.handle(request, options));
    if (response.body instanceof Readable) response.body = bounded(response.body);
    return { response };
  }

  override destroy(): void {
    this.#tunnel?.destroy();
    super.destroy();
  }
}

/** The same, ended with an error where it would fill the memory. */
function bounded(body: Readable): Readable {
  let size = 0;
  const bound = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > MOST_BYTES) done(new Error('the answer has no end'));
      else done(null, chunk);
    },
  });
  // Whoever reads it is told of any error.
  return pipeline(body, bound, () => undefined);
}

function openTunnel(proxy: Proxy, ca: string | null): NodeHttpHandler {
  return new NodeHttpHandler(async () => {
    const { Tunnel } = await import('./tunnel.js');
    const agent = new Tunnel(proxy, ca);
    return optionsOf({ httpAgent: agent, httpsAgent: agent });
  });
}

function optionsOf(
  agents: Pick<NodeHttpHandlerOptions, 'httpAgent' | 'httpsAgent'>,
): NodeHttpHandlerOptions {
  return {
    connectionTimeout: CONNECT_MS,
    requestTimeout: REPLY_MS,
    throwOnRequestTimeout: true,
    ...agents,
  };
}
