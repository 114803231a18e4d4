import { parseRoleArn } from '../arn/role-arn.js';
import type { AssumeSection } from '../config/assume-file.js';
import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { visible } from '../visible.js';
import { hasOwnKeys } from './ambient-specs.js';
import type { IdentitySpec } from './identity-spec.js';
import { nearest, settingsOf } from './layers.js';
import { resolveProfileChain, type ProfileChain } from './profile-chain.js';
import { givenValue, hasAny } from './profile-value.js';
import { specOfSetting } from './setting-source.js';
import {
  byDefault,
  formatOrigin,
  fromFile,
  fromVariable,
  type Given,
  type Identity,
  type Origin,
} from './target.js';
import { explainAccountId } from './value-forms.js';

/** Who starts, the section of assume's file that says so, and the roles between it and any target. */
export interface Start {
  readonly identity: Identity;
  readonly section: AssumeSection | null;
  /** The profile that its credentials are of; `null` when no profile has them. */
  readonly base: AwsSection | null;
  /** When the identity's own profile is a role: what is assumed before anything else. */
  readonly hops: readonly AwsSection[];
}

/**
 * The start that an `[identity]` section names.
 *
 * @throws AssumeError CONFIG_INVALID when what it names is not there, or half there.
 */
export function startOfSection(config: Config, env: Environment, section: AssumeSection): Start {
  const credentials = section.values.credentials;
  const origin = credentials ? fromFile('credentials', credentials) : byDefault('credentials');
  if (credentials?.value.kind === 'profile') {
    const chain = resolveProfileChain(config.aws, env, credentials.value.profile, credentials);
    return startOfChain(config, env, section, chain, origin);
  }
  const setting = credentials?.value ?? { kind: 'keychain' };
  const source = specOfSetting(config, env, section, setting);
  return startOfSpec(config, env, section, { value: source, origin });
}

/** The start of a chain of profiles; its hops are assumed before any target. */
export function startOfChain(
  config: Config,
  env: Environment,
  section: AssumeSection | null,
  chain: ProfileChain,
  origin: Origin,
): Start {
  const { base, hops } = chain;
  requireInStore(config, chain);
  const source = { value: chain.source, origin };
  const identity = makeIdentity(config, env, section, source, base);
  return { identity: { ...identity, definedAt: chain.origin }, section, base, hops };
}

/** A profile that asks us for an identity can be a start only where that one has its keys in the store. */
function requireInStore({ assume }: Config, { base, source, origin }: ProfileChain): void {
  const name = source.kind === 'keychain' ? source.identity : null;
  const section = name === null ? null : assume.index.find('identity', name);
  const credentials = section?.values.credentials;
  if (!credentials || credentials.value.kind === 'keychain') return;
  throw new AssumeError(
    'CONFIG_INVALID',
    `profile ${visible(base.name)} gets its keys from identity ${visible(name ?? '')} (${formatOrigin(origin)}), and that one has them from ${credentials.value.kind} (${visible(credentials.file)}:${String(credentials.line)})`,
    { hint: 'only an identity with credentials = keychain can stand behind a profile' },
  );
}

/** The start that no profile describes: the environment's own keys, or what else there is. */
export function startOfSpec(
  config: Config,
  env: Environment,
  section: AssumeSection | null,
  source: Given<IdentitySpec>,
): Start {
  const identity = makeIdentity(config, env, section, source, null);
  return { identity, section, base: null, hops: [] };
}

function makeIdentity(
  config: Config,
  env: Environment,
  section: AssumeSection | null,
  source: Given<IdentitySpec>,
  base: AwsSection | null,
): Identity {
  return {
    name: section?.name ?? nameOf(source.value, base),
    source,
    definedAt: source.origin,
    accessKeyId: accessKeyIdOf(source.value, base, env),
    isTemporary: isTemporary(source.value, base, env),
    accountId: nearest([section], 'accountId') ?? accountOf(source, base),
    userName: nearest([section], 'userName'),
    mfaCommand: nearest([section, settingsOf(config)], 'mfaCommand'),
    sessionDurationSeconds: nearest([section, settingsOf(config)], 'sessionDuration'),
  };
}

/** An identity without a section is called by its profile, else by the kind of its source. */
function nameOf(source: IdentitySpec, base: AwsSection | null): string {
  if (source.kind === 'keychain') return source.identity;
  return base === null || AMBIENT.has(source.kind) ? source.kind : base.name;
}

/** What belongs to the machine or the shell, whichever profile points at it. */
export const AMBIENT: ReadonlySet<IdentitySpec['kind']> = new Set([
  'environment',
  'container',
  'instance-metadata',
]);

/** The access key, where it is known before anything is run or asked. */
function accessKeyIdOf(
  source: IdentitySpec,
  base: AwsSection | null,
  env: Environment,
): Given<string> | null {
  if (source.kind === 'environment') {
    const id = hasOwnKeys(env) ? env['AWS_ACCESS_KEY_ID'] : undefined;
    return id === undefined ? null : { value: id, origin: fromVariable('AWS_ACCESS_KEY_ID') };
  }
  return source.kind === 'profile' && base ? givenValue(base, 'aws_access_key_id') : null;
}

function isTemporary(
  source: IdentitySpec,
  base: AwsSection | null,
  env: Environment,
): boolean | null {
  switch (source.kind) {
    case 'environment':
      return Boolean(env['AWS_SESSION_TOKEN']) || Boolean(env['AWS_SECURITY_TOKEN']);
    case 'profile':
      return base !== null && hasAny(base, ['aws_session_token', 'aws_security_token']);
    case 'keychain':
      return false;
    case 'process':
      return null;
    default:
      return true;
  }
}

/** The account that the source itself names, or that its profile says beside it. */
function accountOf(
  { value, origin }: Given<IdentitySpec>,
  base: AwsSection | null,
): Given<string> | null {
  if (value.kind === 'sso') return { value: value.accountId, origin };
  if (value.kind === 'login') {
    const [, id] = /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(value.session) ?? [];
    return id === undefined ? null : { value: id, origin };
  }
  const role = value.kind === 'web-identity' ? parseRoleArn(value.roleArn) : null;
  if (role) return { value: role.accountId, origin };
  const said = base && !AMBIENT.has(value.kind) ? givenValue(base, 'aws_account_id') : null;
  // The AWS CLI takes no notice of one that is none; `config check` tells of it.
  return said && explainAccountId(said.value) === null ? said : null;
}
