import { AssumeError, isAssumeError, type ErrorCode } from '../errors.js';
import { visible } from '../visible.js';
import { notAws } from './not-aws.js';
import { readSdkError } from './sdk-error.js';
import { explainUnreached, NETWORK, type Unreached } from './unreached.js';

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

/** Tells whether AWS refused with that code, which the SDK calls an exception where it knows it. */
export function isRefusedWith(error: unknown, awsCode: string): boolean {
  return refusalBehind(error)?.awsCode.replace(/Exception$/, '') === awsCode;
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

/**
 * Reads what the SDK threw for a call: what was wanted, what happened, and which kind of failure it
 * is. AWS's own code and words are kept as the cause. An error of ours is told with what was wanted.
 *
 * @param wanted - Words that follow "could not": `assume arn:…`.
 */
export function readAwsError(wanted: string, thrown: unknown): AssumeError {
  if (isAssumeError(thrown)) {
    const { code, hint } = thrown;
    return new AssumeError(code, `could not ${wanted}: ${thrown.message}`, { cause: thrown, hint });
  }
  const { name, awsCode, message, networkCode, status } = readSdkError(thrown);
  if (awsCode !== null && (status < 500 || THROTTLED.has(awsCode))) {
    const words = `could not ${wanted}: AWS answered ${visible(awsCode)}: ${visible(message)}`;
    const cause = new AwsRefusal(awsCode, message, status);
    return new AssumeError(kindOf(awsCode), words, { cause, hint: hintOf(awsCode, message) });
  }
  // What could not be read may be quoted by such an error, and may be a secret.
  const cause = name === 'SyntaxError' ? undefined : thrown;
  const unreached = explainUnreached(networkCode ?? name, message) ?? failureOf(status, awsCode);
  if (unreached) {
    const { reason, hint } = unreached;
    return new AssumeError('AWS_UNREACHABLE', `could not ${wanted}: ${reason}`, { cause, hint });
  }
  const seen = cause === undefined ? 'no JSON' : visible(message.slice(0, 200));
  return notAws(wanted, status >= 300 ? `status ${String(status)}` : seen, cause);
}

function failureOf(status: number, awsCode: string | null): Unreached | null {
  if (status < 500) return null;
  const code = awsCode === null ? '' : ` (${visible(awsCode)})`;
  return { reason: `AWS failed with status ${String(status)}${code}`, hint: NETWORK };
}

function kindOf(name: string): ErrorCode {
  if (THROTTLED.has(name)) return 'AWS_UNREACHABLE';
  return BAD_IDENTITY.has(name) ? 'IDENTITY_INVALID' : 'AWS_REFUSED';
}

function hintOf(name: string, message: string): string {
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
    default:
      return THROTTLED.has(name)
        ? 'AWS is being asked too often: try again in a minute'
        : 'to see what was sent, and where each value came from: assume plan TARGET';
  }
}
