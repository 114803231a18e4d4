import { IAM_NAME } from '../arn/forms.js';
import type { EndpointAnswer, EndpointRequest } from '../aws/ask-endpoint.js';
import type { Errand, IdentitySource } from './identity-source.js';
import { ask, credentialsIn, localEndpoint, refusedBy } from './local-endpoint.js';
import { sourceFailure } from './source-failure.js';

/** Where EC2 serves metadata, by IPv4 and, where it is turned on, by IPv6. */
const INSTANCE_HOSTS = ['169.254.169.254', '[fd00:ec2::254]'];
const ENDPOINT = 'http://169.254.169.254';
const TOKEN_PATH = '/latest/api/token';
const ROLE_PATH = '/latest/meta-data/iam/security-credentials/';

/** On EC2 it answers within milliseconds; elsewhere nothing ever does. */
const FIRST_MS = 2000;
const TIMEOUT_MS = 5000;

const NOT_HERE =
  'is this an EC2 instance? In a container on one, its metadata need a hop limit of 2';
const NO_ROLE = 'give the instance an instance profile with a role';

/**
 * The role of the EC2 instance that this is, by version 2 of its metadata alone: version 1 can be
 * made to answer whoever has this machine fetch a URL.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-v2-how-it-works.html
 */
export const instanceCredentials: IdentitySource = {
  async read(spec, errand) {
    if (spec.kind !== 'instance-metadata') return null;
    if (errand.host.env['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true') {
      throw sourceFailure(errand, 'IDENTITY_INVALID', 'AWS_EC2_METADATA_DISABLED is true', {
        hint: 'unset AWS_EC2_METADATA_DISABLED, or choose another identity with --identity NAME',
      });
    }
    const base = localEndpoint(spec.endpoint ?? ENDPOINT, INSTANCE_HOSTS, errand);
    const headers = { 'X-aws-ec2-metadata-token': await getToken(base, errand) };
    const get = (path: string): EndpointRequest => ({
      ...{ method: 'GET', url: new URL(path, base), headers, timeoutMs: TIMEOUT_MS },
    });
    const role = roleIn(await ask(get(ROLE_PATH), errand, NOT_HERE), base, errand);
    const request = get(`${ROLE_PATH}${role}`);
    return credentialsIn(await ask(request, errand, NOT_HERE), request, errand, NO_ROLE);
  },
};

/** A token for the questions that follow at once. */
async function getToken(base: URL, errand: Errand): Promise<string> {
  const url = new URL(TOKEN_PATH, base);
  const headers = { 'X-aws-ec2-metadata-token-ttl-seconds': '60' };
  const answer = await ask({ method: 'PUT', url, headers, timeoutMs: FIRST_MS }, errand, NOT_HERE);
  const token = answer.text.trim();
  if (answer.status === 200 && /^[\x21-\x7e]+$/.test(token)) return token;
  throw refusedBy(base, answer, errand, hintOfToken(answer));
}

function hintOfToken({ status }: EndpointAnswer): string {
  if (status === 403) return 'turn on the metadata of this instance';
  if (status >= 500) return 'the metadata service is in trouble: try again in a minute';
  return 'only version 2 of the metadata is asked, which this endpoint does not speak';
}

function roleIn(answer: EndpointAnswer, base: URL, errand: Errand): string {
  const [name = ''] = answer.text.trim().split('\n');
  if (answer.status === 200 && IAM_NAME.pattern.test(name)) return name;
  if (answer.status !== 404 && answer.status !== 200) {
    throw refusedBy(base, answer, errand, NOT_HERE);
  }
  throw sourceFailure(errand, 'IDENTITY_INVALID', 'this instance has no role', { hint: NO_ROLE });
}
