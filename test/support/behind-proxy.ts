import type { Practice } from './practice.js';
import { startProxy, startTlsFront, type OwnProxy } from './own-proxy.js';
import { makePrivateCa, type PrivateCa } from './private-ca.js';

/** A practice AWS under AWS's own names: by HTTPS, behind a proxy, with certificates of a private CA. */
export interface BehindProxy {
  readonly proxy: OwnProxy;
  readonly ca: PrivateCa;
  /** The port of the AWS itself, which speaks TLS. */
  readonly port: number;
  /** What leads the program there, in place of the practice's own endpoint. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Puts the practice's AWS behind a proxy.
 *
 * @param hosts - Whom its certificate is for.
 */
export async function putBehindProxy(
  { aws }: Practice,
  hosts: readonly string[] = ['sts.us-east-1.amazonaws.com', 'iam.amazonaws.com'],
): Promise<BehindProxy> {
  const ca = makePrivateCa();
  const port = await startTlsFront(ca.issue(hosts), Number(new URL(aws.url).port));
  const proxy = await startProxy({ to: port });
  const env = {
    ASSUME_ENDPOINT_URL: undefined,
    HTTPS_PROXY: proxy.url,
    AWS_CA_BUNDLE: ca.path,
  };
  return { proxy, ca, port, env };
}
