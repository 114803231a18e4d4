import type { IdentitySpec } from './identity-spec.js';
import type { Identity } from './target.js';

type Kind = IdentitySpec['kind'];

/** Whose credentials they are, after "credentials of". */
const OWNERS: Readonly<Record<Kind, string>> = {
  profile: 'a profile',
  environment: 'the environment',
  keychain: 'the keychain',
  process: 'a process',
  sso: 'IAM Identity Center',
  login: 'aws login',
  'web-identity': 'a web identity',
  container: 'a container',
  'instance-metadata': 'an EC2 instance',
};

/** Those of a role, which AWS never gives MFA; of the others, somebody may have used a code. */
const ROLES: ReadonlySet<Kind> = new Set(['sso', 'web-identity', 'container', 'instance-metadata']);

/** What a temporary identity has, for a sentence: "temporary credentials of a container". */
export function temporaryCredentials({ source }: Identity): string {
  return `temporary credentials of ${OWNERS[source.value.kind]}`;
}

/** Tells whether its credentials are those of a role, in which no MFA can be. */
export function isRoleByNature({ source }: Identity): boolean {
  return ROLES.has(source.value.kind);
}
