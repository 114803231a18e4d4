import type { AwsContext } from '../aws/aws-context.js';
import { refusalBehind } from '../aws/aws-errors.js';
import type { Credentials } from '../credentials.js';
import { isAssumeError } from '../errors.js';
import type { SsoToken } from '../store/sso-tokens.js';
import type { SsoSpec } from '../target/identity-spec.js';
import { visible } from '../visible.js';
import type { Errand, IdentitySource } from './identity-source.js';
import { refusedTo, sourceFailure } from './source-failure.js';
import { ssoContext } from './sso-login.js';
import { getSsoToken } from './sso-token.js';

/** A role of IAM Identity Center, for whoever is logged in there. */
export const ssoRole: IdentitySource = {
  async read(spec, errand) {
    if (spec.kind !== 'sso') return null;
    const aws = ssoContext(errand, spec);
    const token = await getSsoToken(errand, spec);
    try {
      return await ask(aws, spec, token);
    } catch (error) {
      if (statusOf(error) !== 401) throw explain(error, spec, errand);
    }
    // Logged out elsewhere, or ended by an administrator: the file could not know.
    const another = await getSsoToken(errand, spec, token);
    try {
      return await ask(aws, spec, another);
    } catch (error) {
      throw explain(error, spec, errand);
    }
  },
};

async function ask(aws: AwsContext, spec: SsoSpec, token: SsoToken): Promise<Credentials> {
  const { getRoleCredentials } = await import('../aws/sso-portal.js');
  return getRoleCredentials(aws, token.accessToken, spec);
}

function statusOf(error: unknown): number | null {
  return isAssumeError(error) ? (refusalBehind(error)?.status ?? null) : null;
}

function explain(error: unknown, spec: SsoSpec, errand: Errand): unknown {
  const { accountId, roleName, startUrl } = spec;
  const { name } = errand.planned.target.identity;
  switch (statusOf(error)) {
    case 401:
      return sourceFailure(
        errand,
        'AWS_REFUSED',
        'IAM Identity Center does not take its own new token',
        { cause: error, hint: `log in again: assume login ${visible(name)} --refresh` },
      );
    case 403:
    case 404:
      return sourceFailure(
        errand,
        'AWS_REFUSED',
        `IAM Identity Center gives you no role ${visible(roleName)} in account ${accountId}`,
        { cause: error, hint: `see which accounts and roles you have: ${visible(startUrl)}` },
      );
    default:
      return refusedTo(errand, error);
  }
}
