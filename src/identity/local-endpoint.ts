import {
  askEndpoint,
  EndlessAnswer,
  type EndpointAnswer,
  type EndpointRequest,
} from '../aws/ask-endpoint.js';
import type { Credentials } from '../credentials.js';
import { visible } from '../visible.js';
import { parseObject, readEndpointJson, refusalIn } from './credentials-json.js';
import type { Errand } from './identity-source.js';
import { sourceFailure } from './source-failure.js';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * An endpoint's URL, proved to keep its credentials on this machine: without TLS only loopback and
 * the addresses that AWS serves them at.
 *
 * @param known - Those addresses.
 * @throws AssumeError IDENTITY_INVALID for any other.
 */
export function localEndpoint(text: string, known: readonly string[], errand: Errand): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url?.username === '' && url.password === '';
  const isLocal = url && (LOOPBACK.test(url.hostname) || known.includes(url.hostname));
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal);
  if (url && isPlain && isSafe) return url;
  const shown = url ? visible(`${url.protocol}//${url.host}`) : 'what is set';
  throw sourceFailure(errand, 'IDENTITY_INVALID', `${shown} is no endpoint for credentials`, {
    hint: `it may be https, or http to this machine or to ${known.join(' or ')}`,
  });
}

/**
 * Asks the endpoint.
 *
 * @throws AssumeError AWS_UNREACHABLE when nothing answers.
 */
export async function ask(
  request: EndpointRequest,
  errand: Errand,
  hint: string,
): Promise<EndpointAnswer> {
  try {
    return await askEndpoint(errand.host, request);
  } catch (cause) {
    throw sourceFailure(errand, 'AWS_UNREACHABLE', problemOf(cause, request), { hint, cause });
  }
}

/** The credentials in an answer. @throws AssumeError when it holds none. */
export function credentialsIn(
  { status, text }: EndpointAnswer,
  { url }: EndpointRequest,
  errand: Errand,
  hint: string,
): Credentials {
  if (status !== 200) throw refusedBy(url, { status, text }, errand, hint);
  const read = readEndpointJson(text);
  if ('credentials' in read) return read.credentials;
  throw sourceFailure(errand, 'IDENTITY_INVALID', `${url.origin} ${read.problem}`, { hint });
}

/** @returns An error that tells what was answered, in the endpoint's own words where it has any. */
export function refusedBy(url: URL, answer: EndpointAnswer, errand: Errand, hint: string): Error {
  const said = refusalIn(parseObject(answer.text) ?? {});
  const words = said === '' ? '' : `: ${visible(said)}`;
  const code = answer.status >= 500 ? 'AWS_UNREACHABLE' : 'IDENTITY_INVALID';
  const problem = `${url.origin} answered ${String(answer.status)}${words}`;
  return sourceFailure(errand, code, problem, { hint });
}

function problemOf(cause: unknown, request: EndpointRequest): string {
  const { origin } = request.url;
  if (cause instanceof EndlessAnswer) return `what ${origin} answers has no end`;
  return `nothing answers at ${origin} (${reasonOf(cause, request)})`;
}

function reasonOf(cause: unknown, { timeoutMs }: EndpointRequest): string {
  if (!(cause instanceof Error)) return 'unknown error';
  if (cause.name === 'AbortError' || cause.name === 'TimeoutError') {
    return `no answer within ${String(timeoutMs / 1000)} s`;
  }
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : visible(cause.message);
}
