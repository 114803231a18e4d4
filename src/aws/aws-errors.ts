import { AssumeError, type ErrorCode } from '../errors.js';
import { visible } from '../visible.js';

const BRAND = Symbol.for('assume-cli.aws-refusal');

/** What AWS answered instead of an answer: the `cause` of the errors made here. */
export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  readonly [BRAND] = true;
  /** AWS's error code, such as `AccessDenied`. */
  readonly awsCode: string;
  /** The HTTP status; 0 when none was read. */
  readonly status: number;

  constructor(awsCode: string, message: string, status: number) {
    super(message);
    this.awsCode = awsCode;
    this.status = status;
  }
}

/** AWS's refusal behind an error; `null` when AWS gave none. */
export function refusalBehind(error: unknown): AwsRefusal | null {
  const cause: unknown = error instanceof Error ? error.cause : null;
  return typeof cause === 'object' && cause !== null && BRAND in cause
    ? (cause as AwsRefusal)
    : null;
}

/** Codes that say the identity itself is no good. */
const BAD_IDENTITY = new Set([
  'InvalidClientTokenId',
  'ExpiredToken',
  'ExpiredTokenException',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
]);

const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
]);

/** What Node and the SDK call a request that found no one. */
const UNREACHED =
  /^(TimeoutError|AbortError|ECONN\w+|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS\w*)$/;

/**
 * Reads what the SDK threw for a call: what was wanted, what happened, and which kind of failure it
 * is. AWS's own code and words are kept as the cause.
 *
 * @param wanted - Words that follow "could not": `assume arn:…`.
 */
export function readAwsError(wanted: string, thrown: unknown): AssumeError {
  const { name, message, code, status } = factsOf(thrown);
  const refused = status >= 400 && status < 500 && !/^(Error|SyntaxError|TypeError)$/.test(name);
  if (refused || (THROTTLED.has(name) && status > 0)) {
    const refusal = new AwsRefusal(name, message, status);
    const kind = kindOf(name);
    return new AssumeError(
      kind,
      `could not ${wanted}: AWS answered ${visible(name)}: ${visible(message)}`,
      {
        cause: refusal,
        hint: hintOf(name, message),
      },
    );
  }
  const reason = UNREACHED.test(code ?? name)
    ? unreachedReason(code ?? name, message)
    : oddReason(name, message, status);
  return new AssumeError('AWS_UNREACHABLE', `could not ${wanted}: ${reason}`, {
    cause: thrown,
    hint: 'check the network, a proxy or a captive portal; then try again',
  });
}

function kindOf(name: string): ErrorCode {
  if (THROTTLED.has(name)) return 'AWS_UNREACHABLE';
  return BAD_IDENTITY.has(name) ? 'IDENTITY_INVALID' : 'AWS_REFUSED';
}

function hintOf(name: string, message: string): string | undefined {
  if (/Signature (expired|not yet current)/.test(message)) {
    return 'the clock of this machine is off by more than 15 minutes: set it';
  }
  switch (name) {
    case 'InvalidClientTokenId':
    case 'UnrecognizedClientException':
      return 'the access key is unknown to AWS: deleted, deactivated, or of another partition';
    case 'SignatureDoesNotMatch':
      return 'the secret key does not belong to the access key ID';
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return 'the session has expired: assume login --refresh';
    case 'RegionDisabledException':
      return 'STS is off in that region for this account: set sts_region in assume.ini';
    default:
      return THROTTLED.has(name)
        ? 'AWS is being asked too often: try again in a minute'
        : undefined;
  }
}

function unreachedReason(code: string, message: string): string {
  return code === 'TimeoutError' || code === 'AbortError'
    ? 'AWS did not answer in time'
    : `AWS was not reached (${visible(code)}: ${visible(message)})`;
}

function oddReason(name: string, message: string, status: number): string {
  if (status >= 500) return `AWS failed with status ${String(status)} (${visible(name)})`;
  return `what answered was not AWS (${visible(message.slice(0, 200))})`;
}

interface Facts {
  readonly name: string;
  readonly message: string;
  readonly code: string | null;
  readonly status: number;
}

function factsOf(thrown: unknown): Facts {
  const raw = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const read = (key: string): unknown => (raw as Record<string, unknown>)[key];
  const metadata = read('$metadata');
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? Number(metadata.httpStatusCode)
      : 0;
  const code = read('code');
  return {
    name: thrown instanceof Error ? thrown.name : 'Error',
    message: thrown instanceof Error ? thrown.message : String(thrown),
    code: typeof code === 'string' ? code : null,
    status: Number.isFinite(status) ? status : 0,
  };
}
