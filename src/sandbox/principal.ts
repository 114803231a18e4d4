import { readObject, readTexts } from './policy-json.js';

/** Who asks, by all the names that a trust policy may use. */
export interface Principal {
  /** Twelve digits. */
  readonly accountId: string;
  readonly partition: string;
  /** The user's ARN, or the ARN of the role behind a role session. */
  readonly arn: string;
  /** `arn:…:assumed-role/…` for role sessions, else the same as `arn`. */
  readonly sessionArn: string;
}

/**
 * The AWS principals of a `Principal` element. Services and identity providers are valid there but
 * never call this sandbox, so that they are left out.
 */
export type Principals = readonly string[];

/**
 * How a `Principal` element covers a caller. `account`: it trusts the account, which must in turn
 * allow its own; `principal`: it names the user or role (or `*`, anyone); `session`: it names this
 * very session, which is stronger than the session's own policies; a user counts as its own session.
 */
export type Trust = 'account' | 'principal' | 'session';

const AWS_PRINCIPAL =
  /^(\*|\d{12}|arn:[a-z0-9-]+:iam::\d{12}:(root|(user|role)\/[^*?]+)|arn:[a-z0-9-]+:sts::\d{12}:(assumed-role|federated-user)\/[^*?]+)$/;
const KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/**
 * Reads a statement's `Principal`.
 *
 * @throws Error saying what is wrong; as at AWS, an ARN with a wildcard in it is.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipals(value: unknown, at: string): Principals {
  if (value === '*') return ['*'];
  const principals = readObject(value, `${at}.Principal`, KINDS);
  const named = 'AWS' in principals ? readTexts(principals['AWS'], `${at}.Principal.AWS`) : [];
  const wrong = named.find((principal) => !AWS_PRINCIPAL.test(principal));
  if (wrong !== undefined) throw new Error(`${at}.Principal.AWS: "${wrong}" names no principal`);
  return named;
}

/** The strongest way in which the principals cover the caller; `null` when they do not. */
export function findTrust(principals: Principals, caller: Principal): Trust | null {
  const root = `arn:${caller.partition}:iam::${caller.accountId}:root`;
  if (principals.includes(caller.sessionArn)) return 'session';
  if (principals.includes(caller.arn) || principals.includes('*')) return 'principal';
  return principals.includes(root) || principals.includes(caller.accountId) ? 'account' : null;
}
