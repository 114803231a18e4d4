import type { Credentials } from '../credentials.js';
import { disarmSdk } from '../host/sdk-environment.js';
import type { AwsContext } from './aws-context.js';

declare const ASSUME_VERSION: string;

/** The SDK's own retries end well before this; it also ends a reply that drips for ever. */
const WHOLE_CALL_MS = 15_000;
const CONNECT_MS = 3_000;
const REPLY_MS = 8_000;

/** What every client of the SDK is made with. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly ignoreConfiguredEndpointUrls: true;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly maxAttempts: number;
  readonly requestHandler: object;
  readonly customUserAgent: [string, string][];
}

/**
 * Settings under which every call ends: a silent or dripping server is an error, throttling is
 * retried with backoff, endpoints that the environment names are not obeyed, and no AWS file is
 * read a second time.
 *
 * @param attempts - 1 for a request that carries a code, which AWS takes only once.
 */
export function clientSettings(
  context: AwsContext,
  credentials: Credentials,
  attempts: number,
): ClientSettings {
  disarmSdk();
  const { sessionToken } = credentials;
  return {
    region: context.region,
    ...(context.endpoint === null ? {} : { endpoint: context.endpoint }),
    ignoreConfiguredEndpointUrls: true,
    credentials: {
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey.reveal(),
      ...(sessionToken === null ? {} : { sessionToken: sessionToken.reveal() }),
    },
    maxAttempts: attempts,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: REPLY_MS,
      throwOnRequestTimeout: true,
    },
    customUserAgent: [['assume-cli', ASSUME_VERSION]],
  };
}

/** Bounds one call, its retries included. */
export function callDeadline(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(WHOLE_CALL_MS) };
}
