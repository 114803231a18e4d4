import type { AssumeSection } from '../config/assume-file.js';
import type { AwsSection } from '../config/aws-file-parser.js';
import type { Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { nearestNames } from '../nearest.js';
import { visible } from '../visible.js';
import { nearest, settingsOf } from './layers.js';
import { hasStaticKeys, profileValue, resolveProfileChain } from './profile-chain.js';
import {
  byDefault,
  fromFile,
  fromFlag,
  fromVariable,
  type Given,
  type Identity,
  type IdentitySource,
  type Origin,
} from './target.js';

/** Who starts, the section of assume's file that says so, and the roles between it and any target. */
export interface Start {
  readonly identity: Identity;
  readonly section: AssumeSection | null;
  /** The profile that holds its keys; `null` when no profile does. */
  readonly base: AwsSection | null;
  /** When the identity's own profile is a role: what is assumed before anything else. */
  readonly hops: readonly AwsSection[];
}

/**
 * Finds the identity that targets without one of their own start from: the wanted one, else the
 * only `[identity]` section, else, with no such section, what AWS's own tools would use: keys in the
 * environment, `AWS_PROFILE`, `[default]`; else the only profile that holds keys.
 *
 * @param wanted - The name of an `[identity]` section or of a profile, and where it was said.
 * @throws AssumeError CONFIG_INVALID when nothing names one, or several do.
 */
export function findIdentity(
  config: Config,
  env: Environment,
  wanted: Given<string> | null,
): Start {
  if (wanted) return findNamed(config, env, wanted);
  const sections = config.assume.sections.filter((section) => section.kind === 'identity');
  const [only, second] = sections;
  if (only && second) {
    throw new AssumeError('CONFIG_INVALID', 'there are several identities and none is chosen', {
      hint: `add to [settings]: identity = ${visible(only.name)}, or use --identity NAME`,
    });
  }
  if (only) return startOfSection(config, env, only);
  // In a shell that began with keys of its own, no other identity takes their place unasked.
  if (hasOwnKeys(env) || env['ASSUME_BEFORE_KEYS']) {
    return startOfEnvironment(config, null, env, fromVariable('AWS_ACCESS_KEY_ID'));
  }
  return startOfDefaultProfile(config, env);
}

/**
 * The start of a chain whose keys the named profile holds: the `[identity]` section that reads that
 * profile, if there is one, speaks for it.
 *
 * @param firstRole - The role that names the base as its source; `null` when the base was named.
 */
export function startOfBase(config: Config, base: AwsSection, firstRole: AwsSection | null): Start {
  const readers = config.assume.sections.filter((section) => {
    const credentials = section.kind === 'identity' ? section.values.credentials?.value : undefined;
    return credentials?.kind === 'profile' && credentials.argument === base.name;
  });
  const chosen = settingsOf(config)?.values.identity?.value;
  const section = readers.find((reader) => reader.name === chosen) ?? readers[0] ?? null;
  const named = firstRole && profileValue(firstRole, 'source_profile');
  const origin = named ? fromFile('source_profile', named.file, named.line) : fromFlag('TARGET');
  return startOfProfile(config, section, base, [], origin);
}

function holdsLongTermKeys(profile: AwsSection): boolean {
  const has = (key: string): boolean => profileValue(profile, key) !== null;
  const isTemporary = has('aws_session_token') || has('aws_security_token');
  return has('aws_access_key_id') && has('aws_secret_access_key') && !isTemporary;
}

/** Keys in the environment that are the user's own, not a target's that we delivered. */
export function hasOwnKeys(env: Environment): boolean {
  return Boolean(env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY'] && !env['ASSUME_TARGET']);
}

function findNamed(config: Config, env: Environment, wanted: Given<string>): Start {
  const name = wanted.value.replace(/^profile:/, '');
  const section = config.assume.sections.find(
    (candidate) => candidate.kind === 'identity' && candidate.name === wanted.value,
  );
  if (section) return startOfSection(config, env, section);
  if (config.aws.profiles.has(name)) {
    const { base, hops } = resolveProfileChain(config.aws.profiles, name);
    return startOfProfile(
      config,
      startOfBase(config, base, null).section,
      base,
      hops,
      wanted.origin,
    );
  }
  const known = [
    ...config.assume.sections.flatMap((other) => (other.kind === 'identity' ? [other.name] : [])),
    ...config.aws.profiles.keys(),
  ];
  const near = nearestNames(wanted.value, known).map(visible).join(', ');
  throw new AssumeError('CONFIG_INVALID', `there is no identity ${visible(wanted.value)}`, {
    hint: near ? `nearest: ${near}` : 'add an [identity NAME] section to assume.ini',
  });
}

function startOfSection(config: Config, env: Environment, section: AssumeSection): Start {
  const credentials = section.values.credentials;
  const origin = credentials
    ? fromFile('credentials', credentials.file, credentials.line)
    : byDefault('credentials');
  switch (credentials?.value.kind) {
    case 'profile': {
      const chain = resolveProfileChain(
        config.aws.profiles,
        credentials.value.argument,
        credentials,
      );
      return startOfProfile(config, section, chain.base, chain.hops, origin);
    }
    case 'environment':
      return startOfEnvironment(config, section, env, origin);
    case undefined:
    case 'keychain':
      return {
        identity: makeIdentity(config, section, section.name, {
          source: { value: { kind: 'keychain', identity: section.name }, origin },
          accessKeyId: null,
          isTemporary: false,
        }),
        section,
        base: null,
        hops: [],
      };
    default:
      throw new AssumeError(
        'CONFIG_INVALID',
        `identity ${visible(section.name)} takes its credentials from "${credentials?.value.kind ?? ''}" (${origin.file ?? ''}:${String(origin.line ?? 0)}), which this version of assume cannot read yet`,
        { hint: 'profile:NAME and environment work' },
      );
  }
}

function startOfDefaultProfile(config: Config, env: Environment): Start {
  // In a target's shell the user's own choice is where `leave` finds it.
  const variable = env['ASSUME_TARGET'] ? 'ASSUME_BEFORE_AWS_PROFILE' : 'AWS_PROFILE';
  const named = env[variable];
  const holders = [...config.aws.profiles.values()].filter(holdsLongTermKeys);
  const only = holders.length === 1 ? holders[0]?.name : undefined;
  const fallback = config.aws.profiles.has('default') ? 'default' : (only ?? '');
  const name = [named, fallback].find(Boolean) ?? '';
  if (!config.aws.profiles.has(name)) throw noIdentity(holders, named);
  const { base, hops } = resolveProfileChain(config.aws.profiles, name);
  const origin = named ? fromVariable(variable) : fromFile('profile', base.file, base.line);
  return startOfProfile(config, null, base, hops, origin);
}

function noIdentity(holders: readonly AwsSection[], named: string | undefined): AssumeError {
  const names = holders.map((profile) => visible(profile.name)).join(', ');
  const problem = named
    ? `there is no profile ${visible(named)}, which AWS_PROFILE names`
    : 'nothing says whose keys to start from';
  return new AssumeError('CONFIG_INVALID', problem, {
    hint:
      names === ''
        ? 'put your keys into a profile of ~/.aws/credentials: aws configure --profile NAME'
        : `these profiles hold keys: ${names}; choose with --identity NAME`,
  });
}

function startOfProfile(
  config: Config,
  section: AssumeSection | null,
  base: AwsSection,
  hops: readonly AwsSection[],
  origin: Origin,
): Start {
  hasStaticKeys(base);
  const id = profileValue(base, 'aws_access_key_id');
  const identity = makeIdentity(config, section, section?.name ?? base.name, {
    source: { value: { kind: 'profile', profile: base.name }, origin },
    accessKeyId: id && {
      value: id.value,
      origin: fromFile('aws_access_key_id', id.file, id.line),
    },
    isTemporary:
      profileValue(base, 'aws_session_token') !== null ||
      profileValue(base, 'aws_security_token') !== null,
  });
  return { identity, section, base, hops };
}

function startOfEnvironment(
  config: Config,
  section: AssumeSection | null,
  env: Environment,
  origin: Origin,
): Start {
  const id = hasOwnKeys(env) ? env['AWS_ACCESS_KEY_ID'] : undefined;
  const identity = makeIdentity(config, section, section?.name ?? 'environment', {
    source: { value: { kind: 'environment' }, origin },
    accessKeyId: id === undefined ? null : { value: id, origin: fromVariable('AWS_ACCESS_KEY_ID') },
    isTemporary: Boolean(env['AWS_SESSION_TOKEN']) || Boolean(env['AWS_SECURITY_TOKEN']),
  });
  return { identity, section, base: null, hops: [] };
}

function makeIdentity(
  config: Config,
  section: AssumeSection | null,
  name: string,
  known: {
    source: Given<IdentitySource>;
    accessKeyId: Given<string> | null;
    isTemporary: boolean;
  },
): Identity {
  return {
    name,
    ...known,
    accountId: nearest([section], 'accountId'),
    userName: nearest([section], 'userName'),
    mfaCommand: nearest([section, settingsOf(config)], 'mfaCommand'),
    sessionDurationSeconds: nearest([section, settingsOf(config)], 'sessionDuration'),
  };
}
