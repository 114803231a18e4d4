import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import { ALICE_KEY, NOON } from './small-world.js';

export interface Keys {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly sessionToken?: string;
}

export interface SentRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface CallOptions {
  readonly keys?: Keys;
  /** The caller's clock. */
  readonly at?: Date;
  readonly region?: string;
  readonly service?: 'sts' | 'iam';
  readonly version?: string;
  readonly path?: string;
  /** Changes the request after it was signed. */
  readonly tamper?: (request: SentRequest) => void;
  /** Headers that are sent but left out of the signature. */
  readonly unsigned?: readonly string[];
}

export interface CallAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  /** The text of the first element of that name, unescaped; `null` when there is none. */
  readonly value: (element: string) => string | null;
}

export const ALICE: Keys = { accessKeyId: ALICE_KEY.id, secret: ALICE_KEY.secret };
const VERSIONS = { sts: '2011-06-15', iam: '2010-05-08' };

/** Calls the sandbox as a small SDK would: one signed POST, no retries. */
export async function callAws(
  url: string,
  action: string,
  parameters: Readonly<Record<string, string>> = {},
  options: CallOptions = {},
): Promise<CallAnswer> {
  const { service = 'sts', keys = ALICE } = options;
  const version = options.version ?? VERSIONS[service];
  const sent: SentRequest = {
    method: 'POST',
    path: options.path ?? '/',
    headers: {
      host: new URL(url).host,
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'user-agent': 'test/1.0',
      'x-amz-date': basic(options.at ?? NOON),
      ...(keys.sessionToken && { 'x-amz-security-token': keys.sessionToken }),
    },
    body: new URLSearchParams({ Action: action, Version: version, ...parameters }).toString(),
  };
  sent.headers['authorization'] = sign(sent, { ...options, service, keys });
  options.tamper?.(sent);
  return send(url, sent);
}

/** The credentials that an answer of GetSessionToken or AssumeRole holds. */
export function keysOf(answer: CallAnswer): Keys {
  const [accessKeyId, secret, sessionToken] = [
    'AccessKeyId',
    'SecretAccessKey',
    'SessionToken',
  ].map((name) => answer.value(name));
  if (!accessKeyId || !secret || !sessionToken) throw new Error(answer.text);
  return { accessKeyId, secret, sessionToken };
}

/** "403 AccessDenied: why", or "200" for success. */
export function outcomeOf(answer: CallAnswer): string {
  const [code, message] = [answer.value('Code'), answer.value('Message')];
  const status = answer.status.toString();
  return code === null ? status : `${status} ${code}: ${message ?? ''}`;
}

/** The time as signatures write it: 20260301T120000Z. */
export function basic(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d+/g, '');
}

function sign(
  sent: SentRequest,
  options: CallOptions & { service: 'sts' | 'iam'; keys: Keys },
): string {
  const date = sent.headers['x-amz-date'] ?? '';
  const scope = [
    date.slice(0, 8),
    options.region ?? 'us-east-1',
    options.service,
    'aws4_request',
  ] as const;
  const names = Object.keys(sent.headers)
    .filter((name) => !['user-agent', ...(options.unsigned ?? [])].includes(name))
    .sort();
  const canonical = [
    sent.method,
    sent.path,
    '',
    ...names.map((name) => `${name}:${sent.headers[name] ?? ''}`),
    '',
    names.join(';'),
    sha256(sent.body),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n');
  let key: string | Buffer = `AWS4${options.keys.secret}`;
  for (const part of scope) key = hmac(key, part);
  const signature = hmac(key, text).toString('hex');
  const credential = `${options.keys.accessKeyId}/${scope.join('/')}`;
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

function send(url: string, sent: SentRequest): Promise<CallAnswer> {
  return new Promise((resolve, reject) => {
    const { method, path, headers } = sent;
    const outgoing = request(url, { method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          value: (element) => findElement(text, element),
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(sent.body);
  });
}

function findElement(text: string, element: string): string | null {
  const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(text)?.[1];
  return (
    found?.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))) ?? null
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
