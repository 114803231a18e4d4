import { createHash } from 'node:crypto';

/** Where an identity's credentials come from, with all that decides which they are; never a secret. */
export type IdentitySpec =
  | { readonly kind: 'profile'; readonly profile: string }
  | { readonly kind: 'environment' }
  | { readonly kind: 'keychain'; readonly identity: string }
  | ProcessSpec
  | SsoSpec
  | LoginSpec
  | WebIdentitySpec
  | ContainerSpec
  | InstanceSpec;

/** A program that prints credentials, as AWS's tools run it: words, and no shell. */
export interface ProcessSpec {
  readonly kind: 'process';
  readonly command: string;
}

/** A login at IAM Identity Center, whose token serves every account and role that it offers. */
export interface SsoSession {
  /** The `[sso-session]` that the token is of; `null` for a token of the start URL alone. */
  readonly session: string | null;
  readonly startUrl: string;
  readonly region: string;
  /** What the token may be used for; empty without a session. */
  readonly scopes: readonly string[];
}

/** A role of IAM Identity Center. */
export interface SsoSpec extends SsoSession {
  readonly kind: 'sso';
  readonly accountId: string;
  readonly roleName: string;
}

/** What `aws login` keeps. */
export interface LoginSpec {
  readonly kind: 'login';
  /** The ARN of who logged in, as `login_session` has it. */
  readonly session: string;
  /** Where its token is refreshed; `null` leaves it to the STS region. */
  readonly region: string | null;
}

/** A role for the holder of a token that another identity provider signed. */
export interface WebIdentitySpec {
  readonly kind: 'web-identity';
  readonly roleArn: string;
  readonly tokenFile: string;
  /** `null` leaves it to the token, which names its holder. */
  readonly sessionName: string | null;
  /** 900 to 43,200; `null` leaves the hour that STS gives. */
  readonly durationSeconds: number | null;
}

/** The endpoint that ECS, EKS and the like give to a container; `null` when the environment has none. */
export interface ContainerSpec {
  readonly kind: 'container';
  readonly url: string | null;
  /** Holds what the endpoint wants to be shown; read anew each time. */
  readonly tokenFile: string | null;
  /** Of a token that the environment itself holds, so that another token is another identity. */
  readonly tokenDigest: string | null;
}

/** The role of an EC2 instance. */
export interface InstanceSpec {
  readonly kind: 'instance-metadata';
  /** Where its metadata are; `null` for the address that EC2 gives them. */
  readonly endpoint: string | null;
}

/**
 * A specification in one line, such as `profile:base`: two that differ read differently. Of what
 * may hold a secret, a command's words and the path of an endpoint, only a digest is shown.
 */
export function formatSpec(spec: IdentitySpec): string {
  switch (spec.kind) {
    case 'environment':
      return 'environment';
    case 'profile':
      return `profile:${spec.profile}`;
    case 'keychain':
      return `keychain:${spec.identity}`;
    case 'process':
      return `process:${programOf(spec.command)}#${digestOf(spec)}`;
    case 'sso':
      return `sso:${[spec.session ?? '', spec.accountId, spec.roleName].join('/')} (${[spec.startUrl, spec.region, ...spec.scopes].join(' ')})`;
    case 'login':
      return `login:${spec.session}${spec.region === null ? '' : ` (${spec.region})`}`;
    case 'web-identity':
      return `web-identity:${spec.roleArn} (${[spec.tokenFile, spec.sessionName, spec.durationSeconds].filter((part) => part !== null).join(', ')})`;
    case 'container':
      return spec.url === null ? 'container' : `container:${originOf(spec.url)}#${digestOf(spec)}`;
    case 'instance-metadata':
      return `instance-metadata${spec.endpoint === null ? '' : `:${originOf(spec.endpoint)}`}`;
  }
}

/** Twelve hexadecimal digits that tell one from another. */
export function digestOf(whole: string | IdentitySpec): string {
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex').slice(0, 12);
}

/** The program that a command line begins with, without its directory; empty if it is no plain name. */
export function programOf(command: string): string {
  const [, quoted, bare] = /^\s*(?:["']([^"']*)["']|(\S*))/.exec(command) ?? [];
  const program = (quoted ?? bare ?? '').split(/[/\\]/).pop() ?? '';
  return /^[\w.+ -]+$/.test(program) ? program : '';
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}
