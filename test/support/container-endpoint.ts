import type { IssuedCredentials } from '../../src/sandbox/issued-credentials.js';
import {
  endpointJson,
  useEndpoint,
  type EndpointAnswer,
  type EndpointServer,
} from './endpoint-server.js';

/** What serves credentials to a container of ECS or a pod of EKS. */
export interface ContainerEndpoint extends EndpointServer {
  /** What it hands out next. */
  credentials: IssuedCredentials;
  /** What it wants to be shown; `null` for nothing. */
  token: string | null;
  /** Answers instead of its own, each once, the first first. */
  readonly instead: EndpointAnswer[];
}

export const CONTAINER_PATH = '/v2/credentials/0123-abcd';

/** Starts one that ends with the test. */
export async function useContainerEndpoint(
  credentials: IssuedCredentials,
): Promise<ContainerEndpoint> {
  const instead: EndpointAnswer[] = [];
  const server = await useEndpoint(({ method, url, headers }) => {
    const other = instead.shift();
    if (other) return other;
    if (endpoint.token !== null && headers.authorization !== endpoint.token) return DENIED;
    if (method !== 'GET' || url !== CONTAINER_PATH) return { status: 404, body: '' };
    return { status: 200, body: endpointJson(endpoint.credentials) };
  });
  const endpoint: ContainerEndpoint = { ...server, credentials, token: null, instead };
  return endpoint;
}

const DENIED: EndpointAnswer = {
  status: 401,
  body: '{"code":"AccessDenied","Code":"AccessDenied","Message":"no valid token"}',
};
