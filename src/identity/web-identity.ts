import { resolve } from 'node:path';
import { parseRoleArn } from '../arn/role-arn.js';
import { refusalBehind } from '../aws/aws-errors.js';
import { assumeRoleWithWebIdentity, type WebIdentityRequest } from '../aws/web-identity.js';
import { Secret, type Credentials } from '../credentials.js';
import { isAssumeError, type AssumeError } from '../errors.js';
import { formatSessionName } from '../plan/session-name.js';
import type { WebIdentitySpec } from '../target/identity-spec.js';
import { visible } from '../visible.js';
import { parseObject } from './credentials-json.js';
import type { Errand, IdentitySource } from './identity-source.js';
import { refusedTo, sourceFailure } from './source-failure.js';

/** CloudTrail's name for the session of a token that names nobody. */
const NAMELESS = 'web-identity';

/** The role that STS gives to the holder of a token in a file, read anew each time: it is renewed. */
export const webIdentity: IdentitySource = {
  async read(spec, errand) {
    if (spec.kind !== 'web-identity') return null;
    const token = readToken(spec, errand);
    return assume(spec, errand, {
      roleArn: spec.roleArn,
      sessionName: sessionNameOf(spec, token),
      token,
      durationSeconds: spec.durationSeconds,
    });
  },
};

function readToken({ tokenFile }: WebIdentitySpec, errand: Errand): Secret {
  const { files, currentDirectory } = errand.host;
  const text = files.readText(resolve(currentDirectory, tokenFile))?.trim();
  if (text) return new Secret(text);
  const problem = `${text === '' ? 'nothing is in' : 'there is no'} token file ${visible(tokenFile)}`;
  throw sourceFailure(errand, 'IDENTITY_INVALID', problem, {
    hint: 'name the file that the identity provider writes: web_identity_token_file, or AWS_WEB_IDENTITY_TOKEN_FILE',
  });
}

/** The name that was given, else the token's own subject: never a random one. */
function sessionNameOf({ sessionName }: WebIdentitySpec, token: Secret): string {
  const [, payload = ''] = token.reveal().split('.');
  const claims = parseObject(Buffer.from(payload, 'base64url').toString('utf8'));
  const subject = claims?.['sub'];
  const name = sessionName ?? (typeof subject === 'string' && subject !== '' ? subject : NAMELESS);
  return formatSessionName(name, NAMELESS) ?? NAMELESS;
}

async function assume(
  spec: WebIdentitySpec,
  errand: Errand,
  request: WebIdentityRequest,
): Promise<Credentials> {
  const answer = await attempt(spec, errand, request);
  const role = parseRoleArn(spec.roleArn);
  const wanted = `:sts::${role?.accountId ?? ''}:assumed-role/${role?.roleName ?? ''}/`;
  if (answer.assumedRoleArn.includes(wanted)) return answer.credentials;
  const other = `the answer speaks for ${visible(answer.assumedRoleArn)}, not for ${spec.roleArn}`;
  throw sourceFailure(errand, 'FAILED', other, {
    hint: 'something between here and AWS answers in its place; check --endpoint-url and proxies',
  });
}

async function attempt(spec: WebIdentitySpec, errand: Errand, request: WebIdentityRequest) {
  try {
    return await assumeRoleWithWebIdentity(errand.aws, request);
  } catch (error) {
    throw refusedTo(errand, error, isAssumeError(error) ? hintFor(error, spec) : null);
  }
}

function hintFor(error: AssumeError, { tokenFile }: WebIdentitySpec): string {
  // The SDK calls some of AWS's codes by a longer name.
  switch (refusalBehind(error)?.awsCode.replace(/Exception$/, '')) {
    case 'ExpiredToken':
      return `the token in ${visible(tokenFile)} has expired: whoever writes it has to renew it`;
    case 'InvalidIdentityToken':
      return "the role's account has no identity provider for that token, or not for its audience";
    case 'IDPRejectedClaim':
    case 'AccessDenied':
      return "the role's trust policy has to name the token's provider, audience and subject";
    default:
      return error.hint ?? `look at the role, and at the token in ${visible(tokenFile)}`;
  }
}
