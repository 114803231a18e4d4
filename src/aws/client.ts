import type { Credentials } from '../credentials.js';
import { disarmSdk } from '../host/sdk-environment.js';
import type { AwsContext } from './aws-context.js';
import { makeRequestHandler } from './request-handler.js';

declare const ASSUME_VERSION: string;

/** What every client of the SDK is made with. */
export interface ClientSettings extends UnsignedSettings {
  /** Of STS alone; other clients know no such setting. */
  readonly useGlobalEndpoint: boolean;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** The same for calls that no access key signs. */
export interface UnsignedSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly ignoreConfiguredEndpointUrls: true;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
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
 * @throws AssumeError as `makeRequestHandler`.
 */
export function clientSettings(
  context: AwsContext,
  credentials: Credentials,
  attempts: number,
): ClientSettings {
  const { sessionToken } = credentials;
  return {
    ...unsignedSettings(context, attempts),
    useGlobalEndpoint: context.variant.stsRegionalEndpoints === 'legacy',
    credentials: {
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey.reveal(),
      ...(sessionToken === null ? {} : { sessionToken: sessionToken.reveal() }),
    },
  };
}

/** `clientSettings` without credentials, for what a token or nothing at all authorizes. */
export function unsignedSettings(context: AwsContext, attempts: number): UnsignedSettings {
  disarmSdk();
  return {
    region: context.region,
    ...(context.endpoint === null ? {} : { endpoint: context.endpoint }),
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: context.variant.useFipsEndpoint,
    useDualstackEndpoint: context.variant.useDualstackEndpoint,
    maxAttempts: attempts,
    requestHandler: makeRequestHandler(context),
    customUserAgent: [['assume-cli', ASSUME_VERSION]],
  };
}
