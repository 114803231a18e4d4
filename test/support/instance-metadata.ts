import { randomBytes } from 'node:crypto';
import type { IssuedCredentials } from '../../src/sandbox/issued-credentials.js';
import {
  endpointJson,
  useEndpoint,
  type EndpointAnswer,
  type EndpointServer,
} from './endpoint-server.js';

/** The metadata of an EC2 instance with a role, by version 2 alone. */
export interface InstanceMetadata extends EndpointServer {
  /** What it hands out next. */
  credentials: IssuedCredentials;
  /** Answers instead of its own, by path, such as a 404 for the list of roles. */
  readonly instead: Map<string, EndpointAnswer>;
}

const ROLES = '/latest/meta-data/iam/security-credentials/';
const TOKEN_PATH = '/latest/api/token';

/** Starts one that ends with the test. */
export async function useInstanceMetadata(
  credentials: IssuedCredentials,
): Promise<InstanceMetadata> {
  const tokens = new Set<string>();
  const instead = new Map<string, EndpointAnswer>();
  const server = await useEndpoint(({ method, url = '', headers }) => {
    const other = instead.get(url);
    if (other) return other;
    if (url === TOKEN_PATH) {
      const seconds = Number(headers['x-aws-ec2-metadata-token-ttl-seconds']);
      if (method !== 'PUT' || !(seconds >= 1 && seconds <= 21_600)) return BAD_REQUEST;
      const token = randomBytes(42).toString('base64');
      tokens.add(token);
      return { status: 200, body: token };
    }
    if (!tokens.has(String(headers['x-aws-ec2-metadata-token']))) return UNAUTHORIZED;
    if (method !== 'GET') return BAD_REQUEST;
    if (url === ROLES) return { status: 200, body: 'machine' };
    if (url === `${ROLES}machine`) return { status: 200, body: endpointJson(metadata.credentials) };
    return { status: 404, body: '' };
  });
  const metadata: InstanceMetadata = { ...server, credentials, instead };
  return metadata;
}

const BAD_REQUEST: EndpointAnswer = { status: 400, body: '' };
const UNAUTHORIZED: EndpointAnswer = { status: 401, body: '' };

/** What one reading of them asks. */
export const METADATA_QUESTIONS = [
  `PUT ${TOKEN_PATH}`,
  `GET ${ROLES}`,
  `GET ${ROLES}machine`,
] as const;
