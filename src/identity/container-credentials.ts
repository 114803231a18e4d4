import { resolve } from 'node:path';
import { Secret } from '../credentials.js';
import type { ContainerSpec } from '../target/identity-spec.js';
import { ownName } from '../target/own-environment.js';
import { visible } from '../visible.js';
import type { Errand, IdentitySource } from './identity-source.js';
import { ask, credentialsIn, localEndpoint } from './local-endpoint.js';
import { sourceFailure } from './source-failure.js';

/** Where ECS and EKS serve credentials, besides this machine. */
const CONTAINER_HOSTS = ['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]'];
const TIMEOUT_MS = 5000;

/**
 * The role of a task of ECS, of a pod of EKS, or whatever else serves credentials the same way on
 * this machine. The token is read anew each time, since EKS renews it.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export const containerCredentials: IdentitySource = {
  async read(spec, errand) {
    if (spec.kind !== 'container') return null;
    if (spec.url === null) throw noEndpoint(errand);
    const url = localEndpoint(spec.url, CONTAINER_HOSTS, errand);
    const token = tokenOf(spec, errand);
    const headers = {
      Accept: 'application/json',
      ...(token && { Authorization: token.reveal() }),
    };
    const request = { method: 'GET', url, headers, timeoutMs: TIMEOUT_MS } as const;
    const hint = hintFor(errand);
    return credentialsIn(await ask(request, errand, hint), request, errand, hint);
  },
};

/** What the endpoint wants to be shown; `null` where it wants nothing. */
function tokenOf({ tokenFile }: ContainerSpec, errand: Errand): Secret | null {
  const { env, files, currentDirectory } = errand.host;
  if (tokenFile === null) {
    const token = env['AWS_CONTAINER_AUTHORIZATION_TOKEN'];
    return token ? checkedToken(token, 'AWS_CONTAINER_AUTHORIZATION_TOKEN', errand) : null;
  }
  const text = files.readText(resolve(currentDirectory, tokenFile));
  const name = visible(tokenFile);
  if (text !== null) return checkedToken(text.replace(/[\r\n]+$/, ''), name, errand);
  throw sourceFailure(errand, 'IDENTITY_INVALID', `there is no token file ${name}`, {
    hint: `correct ${ownName(env, 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE')}`,
  });
}

/** A line end in it would begin another header. */
function checkedToken(text: string, place: string, errand: Errand): Secret {
  if (/^[\x20-\x7e]+$/.test(text)) return new Secret(text);
  throw sourceFailure(errand, 'IDENTITY_INVALID', `${place} holds no token that can be sent`, {
    hint: 'a token is one line of printable characters',
  });
}

function noEndpoint(errand: Errand): Error {
  return sourceFailure(errand, 'IDENTITY_INVALID', 'the environment names no container endpoint', {
    hint: hintFor(errand),
  });
}

function hintFor({ host: { env } }: Errand): string {
  return env['ASSUME_TARGET']
    ? "start from a shell outside any target: a target's has no AWS_CONTAINER_AUTHORIZATION_TOKEN"
    : 'look at AWS_CONTAINER_CREDENTIALS_FULL_URI (or _RELATIVE_URI) and its authorization token';
}
