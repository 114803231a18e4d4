import { describe, expect, it } from 'vitest';
import { AwsRefusal, readAwsError, refusalBehind } from '../../src/aws/aws-errors.js';
import { AssumeError } from '../../src/errors.js';

/** As the SDK throws it. */
function thrown(name: string, message: string, status: number | null, code?: string): Error {
  const error = Object.assign(new Error(message), { name });
  if (status !== null) Object.assign(error, { $metadata: { httpStatusCode: status, attempts: 1 } });
  if (code !== undefined) Object.assign(error, { code });
  return error;
}

describe('what the SDK throws', () => {
  it.each<[Error | string | null, code: string, message: string, hint: string]>([
    [thrown('AccessDenied', 'no', 403), 'AWS_REFUSED', 'AccessDenied: no', ''],
    [thrown('AccessDeniedException', 'no', 403), 'AWS_REFUSED', 'AccessDenied', ''],
    [thrown('ValidationError', 'no', 400), 'AWS_REFUSED', 'ValidationError', ''],
    [thrown('MalformedPolicyDocument', 'no', 400), 'AWS_REFUSED', 'MalformedPolicy', ''],
    [thrown('PackedPolicyTooLarge', 'no', 400), 'AWS_REFUSED', 'PackedPolicy', ''],
    [thrown('RegionDisabledException', 'no', 403), 'AWS_REFUSED', 'RegionDisabled', ''],
    [
      thrown('InvalidClientTokenId', 'no', 403),
      'IDENTITY_INVALID',
      'InvalidClient',
      'unknown to AWS',
    ],
    [thrown('UnrecognizedClientException', 'no', 403), 'IDENTITY_INVALID', '', 'unknown to AWS'],
    [thrown('SignatureDoesNotMatch', 'no', 403), 'IDENTITY_INVALID', '', 'secret key'],
    [thrown('SignatureDoesNotMatch', 'Signature expired: x', 403), 'IDENTITY_INVALID', '', 'clock'],
    [
      thrown('SignatureDoesNotMatch', 'Signature not yet current: x', 403),
      'IDENTITY_INVALID',
      '',
      'clock',
    ],
    [thrown('IncompleteSignature', 'no', 400), 'IDENTITY_INVALID', '', ''],
    [thrown('ExpiredToken', 'no', 403), 'IDENTITY_INVALID', '', 'login --refresh'],
    [thrown('ExpiredTokenException', 'no', 400), 'IDENTITY_INVALID', '', 'login --refresh'],
    [thrown('Throttling', 'slow', 400), 'AWS_UNREACHABLE', 'Throttling', 'too often'],
    [thrown('ThrottlingException', 'slow', 429), 'AWS_UNREACHABLE', '', 'too often'],
    [thrown('RequestLimitExceeded', 'slow', 503), 'AWS_UNREACHABLE', '', 'too often'],
    [thrown('TooManyRequestsException', 'slow', 429), 'AWS_UNREACHABLE', '', 'too often'],
    [
      thrown('ServiceUnavailable', 'x', 503),
      'AWS_UNREACHABLE',
      'failed with status 503',
      'network',
    ],
    [thrown('InternalFailure', 'x', 500), 'AWS_UNREACHABLE', 'failed with status 500', ''],
    [thrown('Error', '<html>', 200), 'AWS_UNREACHABLE', 'was not AWS', 'captive portal'],
    [thrown('SyntaxError', '<html>', 403), 'AWS_UNREACHABLE', 'was not AWS (status 403)', ''],
    [thrown('SyntaxError', '<html>', 200), 'AWS_UNREACHABLE', 'was not AWS (no JSON)', ''],
    [thrown('SyntaxError', '<html>', 502), 'AWS_UNREACHABLE', 'failed with status 502', 'network'],
    [thrown('Unknown', 'Unknown', 403), 'AWS_UNREACHABLE', 'was not AWS (status 403)', 'portal'],
    [thrown('UnknownError', 'x', 302), 'AWS_UNREACHABLE', 'was not AWS (status 302)', 'portal'],
    [thrown('NotFound', 'Unknown', 404), 'AWS_UNREACHABLE', 'was not AWS (status 404)', 'portal'],
    [thrown('NotFound', 'no such role', 404), 'AWS_REFUSED', 'NotFound: no such role', ''],
    [
      thrown('Error', 'half\n  Deserialization error: to see the raw response, inspect x', 200),
      'AWS_UNREACHABLE',
      'was not AWS (half)',
      '',
    ],
    [thrown('TypeError', 'x of undefined', 404), 'AWS_UNREACHABLE', 'was not AWS', ''],
    [
      thrown('Error', 'connect', null, 'ECONNREFUSED'),
      'AWS_UNREACHABLE',
      'not reached (ECONNREFUSED',
      '',
    ],
    [thrown('Error', 'hang up', null, 'ECONNRESET'), 'AWS_UNREACHABLE', 'not reached', ''],
    [thrown('Error', 'dns', null, 'ENOTFOUND'), 'AWS_UNREACHABLE', 'not reached', ''],
    [thrown('Error', 'dns', null, 'EAI_AGAIN'), 'AWS_UNREACHABLE', 'not reached', ''],
    [new AssumeError('CONFIG_INVALID', 'our own', { hint: 'h' }), 'CONFIG_INVALID', 'our own', 'h'],
    [thrown('Error', 'tls', null, 'CERT_HAS_EXPIRED'), 'AWS_UNREACHABLE', 'not reached', 'clock'],
    [thrown('Error', 'tls', null, 'CERT_NOT_YET_VALID'), 'AWS_UNREACHABLE', '', 'clock'],
    [thrown('Error', 'tls', null, 'SELF_SIGNED_CERT_IN_CHAIN'), 'AWS_UNREACHABLE', '', 'CA_BUNDLE'],
    [thrown('Error', 'tls', null, 'DEPTH_ZERO_SELF_SIGNED_CERT'), 'AWS_UNREACHABLE', '', 'bundle'],
    [thrown('Error', 'tls', null, 'ERR_TLS_CERT_ALTNAME_INVALID'), 'AWS_UNREACHABLE', '', 'place'],
    [thrown('Error', 'x', null, 'ERR_SSL_WRONG_VERSION_NUMBER'), 'AWS_UNREACHABLE', '', 'proxy'],
    [
      thrown('Error', 'getaddrinfo ENOTFOUND sts-fips.eu-west-1.amazonaws.com', null, 'ENOTFOUND'),
      'AWS_UNREACHABLE',
      'not reached',
      'not every region',
    ],
    [
      thrown('Error', 'getaddrinfo ENOTFOUND sts.eu-west-1.api.aws', null, 'ENOTFOUND'),
      'AWS_UNREACHABLE',
      'not reached',
      'dual-stack',
    ],
    [
      thrown('Error', 'getaddrinfo ENOTFOUND sts.eu-west-1.amazonaws.com', null, 'ENOTFOUND'),
      'AWS_UNREACHABLE',
      'not reached',
      'check the network',
    ],
    [
      thrown('Error', 'tls', null, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      'AWS_UNREACHABLE',
      'not reached',
      '',
    ],
    [thrown('TimeoutError', 'slow', null), 'AWS_UNREACHABLE', 'in time', ''],
    [thrown('AbortError', 'slow', null), 'AWS_UNREACHABLE', 'in time', ''],
    [thrown('Error', 'slow', null, 'ETIMEDOUT'), 'AWS_UNREACHABLE', 'not reached', ''],
    [thrown('Error', 'what', null), 'AWS_UNREACHABLE', 'was not AWS', ''],
    ['a text', 'AWS_UNREACHABLE', 'a text', ''],
    [null, 'AWS_UNREACHABLE', 'null', ''],
  ])('%s is %s', (error, code, message, hint) => {
    const read = readAwsError('do it', error);
    expect(read.code).toBe(code);
    expect(read.message).toMatch(/^could not do it: /);
    expect(read.message).toContain(message);
    expect(read.hint ?? '').toContain(hint);
  });

  it('quotes nothing of what it could not read, not even as a cause', () => {
    const error = readAwsError('x', thrown('SyntaxError', `at "Key": wJalrXUtnF"...`, 200));
    expect([error.message.includes('wJalr'), error.cause]).toEqual([false, undefined]);
  });

  it("keeps AWS's own words as the cause of a refusal, and of nothing else", () => {
    const refusal = refusalBehind(readAwsError('x', thrown('AccessDenied', 'why', 403)));
    expect(refusal).toMatchObject({ awsCode: 'AccessDenied', message: 'why', status: 403 });
    expect(refusalBehind(readAwsError('x', thrown('Error', 'x', null)))).toBeNull();
    expect(refusalBehind(readAwsError('x', thrown('InternalFailure', 'x', 500)))).toBeNull();
    expect(refusalBehind(new AwsRefusal('a', 'b', 1))).toBeNull();
    expect(refusalBehind('x')).toBeNull();
  });

  it('knows a refusal of another copy of the class, as another chunk has it', () => {
    const cause = Object.assign(new Error('x'), { [Symbol.for('assume-cli.aws-refusal')]: true });
    expect(refusalBehind(new Error('y', { cause }))).toBe(cause);
  });

  it("shows AWS's words without what could steer a terminal, and a page only in part", () => {
    expect(readAwsError('x', thrown('AccessDenied', '\u001b[2J', 403)).message).toContain(
      String.raw`\u{1b}`,
    );
    expect(readAwsError('x', thrown('Error', 'p'.repeat(9999), 200)).message.length).toBeLessThan(
      300,
    );
  });
});
