import { HttpsProxyAgent } from 'https-proxy-agent';
import { AssumeError } from '../errors.js';
import type { Proxy } from '../host/proxy.js';
import { visible } from '../visible.js';

type Connect = HttpsProxyAgent<string>['connect'];

/** What a proxy answers to CONNECT. */
interface ProxyAnswer {
  readonly statusCode: number;
  readonly statusText: string;
}

/**
 * Reaches every host, by HTTPS or HTTP, through a proxy's CONNECT. A proxy that does not let us
 * through is an error of its own; what it says is never taken for AWS's answer.
 */
export class Tunnel extends HttpsProxyAgent<string> {
  readonly #proxy: Proxy;
  readonly #ca: { readonly ca?: string };

  /** @param ca - PEM certificates to trust instead of Node's, also for a proxy spoken to by HTTPS. */
  constructor(proxy: Proxy, ca: string | null) {
    const { authorization } = proxy;
    const trusted = ca === null ? {} : { ca };
    super(proxy.url, {
      keepAlive: true,
      ...(authorization && { headers: { 'Proxy-Authorization': authorization.reveal() } }),
      ...trusted,
    });
    this.#proxy = proxy;
    this.#ca = trusted;
  }

  /** @throws AssumeError AWS_UNREACHABLE when the proxy is not reached, or refuses. */
  override async connect(...[request, options]: Parameters<Connect>): ReturnType<Connect> {
    const answers: ProxyAnswer[] = [];
    request.once('proxyConnect', (answer: ProxyAnswer) => answers.push(answer));
    const socket = await super
      .connect(request, { ...options, ...this.#ca })
      .catch((cause: unknown) => {
        throw this.#unreached(cause);
      });
    const [answer] = answers;
    if (answer?.statusCode === 200) return socket;
    socket.destroy();
    throw this.#refused(answer);
  }

  #unreached(cause: unknown): AssumeError {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new AssumeError(
      'AWS_UNREACHABLE',
      `the proxy ${this.#name()} was not reached (${visible(why)})`,
      {
        cause,
        hint: `check ${this.#proxy.variable}; NO_PROXY=amazonaws.com goes straight`,
      },
    );
  }

  #refused(answer: ProxyAnswer | undefined): AssumeError {
    const said = answer ? `${String(answer.statusCode)} ${answer.statusText}` : 'nothing';
    const { variable } = this.#proxy;
    return new AssumeError(
      'AWS_UNREACHABLE',
      `the proxy ${this.#name()} refused: ${visible(said.trim())}`,
      {
        hint:
          answer?.statusCode === 407
            ? `it wants a user and a password: ${variable}=http://USER:PASSWORD@HOST:PORT`
            : `it does not let this machine through to AWS; check ${variable}`,
      },
    );
  }

  #name(): string {
    return `${visible(this.#proxy.url)} (${this.#proxy.variable})`;
  }
}
