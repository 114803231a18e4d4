import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from './refusal.js';

/** An HTTP request as far as its signature covers it. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** By lower-case name, each line that the request has of it. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** What an `Authorization` header of Signature Version 4 says. */
export interface Authorization {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** Lower-case header names in order. */
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits. */
  readonly signature: string;
}

const HEADER =
  /^AWS4-HMAC-SHA256 +Credential=([^/, ]+)\/(\d{8})\/([^/, ]+)\/([^/, ]+)\/aws4_request, *SignedHeaders=([a-z0-9;_-]+), *Signature=([0-9a-f]{64})$/;

/** Reads an `Authorization` header; `null` when it is not one of Signature Version 4. */
export function parseAuthorization(header: string): Authorization | null {
  const [, accessKeyId, date, region, service, names, signature] = HEADER.exec(header) ?? [];
  if (!accessKeyId || !date || !region || !service || !names || !signature) return null;
  return { accessKeyId, date, region, service, signedHeaders: names.split(';'), signature };
}

/**
 * Proves that whoever signed the request had the secret, and that nothing of it was changed since.
 *
 * @throws Refusal `SignatureDoesNotMatch`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySignature(
  request: SignedRequest,
  authorization: Authorization,
  secret: string,
): void {
  requireSigned(request, authorization.signedHeaders);
  const { date, region, service } = authorization;
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    headerValue(request, 'x-amz-date'),
    `${date}/${region}/${service}/aws4_request`,
    sha256(makeCanonicalRequest(request, authorization.signedHeaders)),
  ].join('\n');
  const signingKey = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (key, part) => hmac(key, part),
    `AWS4${secret}`,
  );
  const expected = hmac(signingKey, stringToSign);
  if (!timingSafeEqual(expected, Buffer.from(authorization.signature, 'hex')))
    throw signatureDoesNotMatch(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
}

/** The header's lines as one text, as it is signed; empty when there is none. */
export function headerValue(request: SignedRequest, name: string): string {
  const lines = request.headers[name] ?? [];
  return lines.map((line) => line.trim().replace(/ +/g, ' ')).join(',');
}

/** 403 `SignatureDoesNotMatch`, which also stands for a clock that is wrong. */
export function signatureDoesNotMatch(message: string): Refusal {
  return new Refusal(403, 'SignatureDoesNotMatch', message);
}

/** AWS wants the host and whatever is addressed to it signed. */
function requireSigned(request: SignedRequest, signedHeaders: readonly string[]): void {
  const needed = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
  const missing = ['host', ...needed].find((name) => !signedHeaders.includes(name));
  if (missing === 'host')
    throw signatureDoesNotMatch(
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  if (missing !== undefined)
    throw signatureDoesNotMatch(
      `There were headers present in the request which were not signed: ${missing}`,
    );
}

function makeCanonicalRequest(request: SignedRequest, signedHeaders: readonly string[]): string {
  const [path = '/', query = ''] = request.target.split('?');
  return [
    request.method,
    path,
    query,
    ...signedHeaders.map((name) => `${name}:${headerValue(request, name)}`),
    '',
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
