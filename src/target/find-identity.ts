import type { AssumeSection } from '../config/assume-file.js';
import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import { explainSkipped } from '../config/describe-warning.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { nearestNames } from '../nearest.js';
import { visible } from '../visible.js';
import {
  containerSpec,
  containerVariable,
  hasOwnKeys,
  webIdentityOfEnvironment,
} from './ambient-specs.js';
import { WRITTEN_MARK } from './catalogue.js';
import type { IdentitySpec } from './identity-spec.js';
import { settingsOf } from './layers.js';
import { AMBIENT, startOfChain, startOfSection, startOfSpec, type Start } from './make-start.js';
import { ownName, ownValue } from './own-environment.js';
import { isHop, resolveProfileChain, type ProfileChain } from './profile-chain.js';
import { namesCredentials } from './profile-source.js';
import { hasAny, profileValue } from './profile-value.js';
import { noSuchProfile } from './require-profile.js';
import { fromFile, fromFlag, fromVariable, type Given } from './target.js';

/**
 * Finds the identity that targets without one of their own start from: the wanted one, else the
 * only `[identity]` section, else, with no such section, what AWS's own tools would use: keys in the
 * environment, `AWS_PROFILE` or `AWS_DEFAULT_PROFILE`, a `[default]` that is a role, a web identity,
 * any other `[default]`, a container's endpoint; else the only profile that holds keys. An instance's metadata are never asked unless
 * something names them.
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
  const sections = config.assume.index.ofKind('identity');
  const [only, second] = sections;
  if (only && second) {
    throw new AssumeError('CONFIG_INVALID', 'there are several identities and none is chosen', {
      hint: `add to [settings]: identity = ${visible(only.name)}, or use --identity NAME`,
    });
  }
  if (only) return startOfSection(config, env, only);
  // In a shell that began with keys of its own, no other identity takes their place unasked.
  if (hasOwnKeys(env) || env['ASSUME_BEFORE_KEYS']) {
    return startOfVariable(config, env, { kind: 'environment' }, 'AWS_ACCESS_KEY_ID');
  }
  return startOfDefault(config, env);
}

/**
 * The start of a profile's chain, whose hops are the target's own: the `[identity]` section that
 * reads the base, if there is one, speaks for it.
 */
export function startOfProfile(config: Config, env: Environment, chain: ProfileChain): Start {
  const [first] = chain.hops;
  const key = ['source_profile', 'credential_source'].find(
    (name) => first && hasAny(first, [name]),
  );
  const named = first && key !== undefined ? profileValue(first, key) : null;
  const origin = named ? fromFile(key ?? '', named) : fromFlag('TARGET');
  return startOfChain(config, env, sectionOf(config, chain), { ...chain, hops: [] }, origin);
}

/** The `[identity]` section whose credentials are the chain's first; `null` when none has them. */
function sectionOf(config: Config, { base, source }: ProfileChain): AssumeSection | null {
  if (source.kind === 'keychain') return config.assume.index.find('identity', source.identity);
  const isAmbient = AMBIENT.has(source.kind);
  const readers = config.assume.index.ofKind('identity').filter(({ values }) => {
    const credentials = values.credentials?.value;
    if (isAmbient) return credentials?.kind === source.kind;
    return credentials?.kind === 'profile' && credentials.profile === base.name;
  });
  const chosen = settingsOf(config)?.values.identity?.value;
  return readers.find((reader) => reader.name === chosen) ?? readers[0] ?? null;
}

function holdsLongTermKeys(profile: AwsSection): boolean {
  const isTemporary = hasAny(profile, ['aws_session_token', 'aws_security_token']);
  // A section that assume has written may be the next key of a rotation, which is nobody's yet.
  const isOurs = profile.values.has(WRITTEN_MARK);
  return hasAny(profile, ['aws_access_key_id']) && !isTemporary && !isOurs;
}

function findNamed(config: Config, env: Environment, wanted: Given<string>): Start {
  const name = wanted.value.replace(/^profile:/, '');
  const section = config.assume.index.find('identity', wanted.value);
  if (section) return startOfSection(config, env, section);
  if (config.aws.profiles.has(name)) {
    const chain = resolveProfileChain(config.aws, env, name);
    return startOfChain(config, env, sectionOf(config, chain), chain, wanted.origin);
  }
  throw noSuchIdentity(config, wanted.value);
}

/** More would not be read. */
const MOST_NAMES = 10;

/** The nearest names come first, then every `[identity]` and every profile that holds keys. */
function noSuchIdentity(config: Config, name: string): AssumeError {
  const profiles = [...config.aws.profiles.values()];
  const names = [
    ...config.assume.index.ofKind('identity'),
    ...profiles.filter(holdsLongTermKeys),
  ].map((section) => section.name);
  const near = nearestNames(name, [
    ...names,
    ...profiles.filter(({ values }) => !values.has(WRITTEN_MARK)).map((profile) => profile.name),
  ]);
  const all = [...new Set([...near, ...names])];
  const more = all.length > MOST_NAMES ? `, and ${String(all.length - MOST_NAMES)} more` : '';
  return new AssumeError('CONFIG_INVALID', `there is no identity ${visible(name)}`, {
    hint:
      explainSkipped(config.aws.skipped, name.replace(/^profile:/, '')) ??
      (all.length === 0
        ? 'add an [identity NAME] section to assume.ini: assume config --help shows one'
        : `one of: ${all.slice(0, MOST_NAMES).map(visible).join(', ')}${more}`),
  });
}

/** In the order of the AWS CLI. The SDKs know the first alone. */
const PROFILE_VARIABLES = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'] as const;

function startOfDefault(config: Config, env: Environment): Start {
  const { profiles } = config.aws;
  const isWritten = (name: string | null): boolean =>
    name !== null && profiles.get(name)?.values.has(WRITTEN_MARK) === true;
  const variable = PROFILE_VARIABLES.find((name) => ownValue(env, name) !== null);
  // A role that `assume write` put there is nobody's identity, whoever reads it.
  if (variable && !isWritten(ownValue(env, variable))) {
    return startOfNamedProfile(config, env, variable);
  }
  const holders = [...profiles.values()].filter(holdsLongTermKeys);
  const byDefault = profiles.get('default');
  const isStart = byDefault && namesCredentials(byDefault) && !isWritten(byDefault.name);
  // The AWS CLI assumes a profile's role before it looks for a web identity.
  const web = isStart && isHop(byDefault) ? null : webIdentityOfEnvironment(env);
  if (web) return startOfVariable(config, env, web, ownName(env, 'AWS_WEB_IDENTITY_TOKEN_FILE'));
  const container = containerVariable(env);
  const only = holders.length === 1 && container === null ? holders[0] : undefined;
  const profile = isStart ? byDefault : only;
  if (profile) {
    const chain = resolveProfileChain(config.aws, env, profile.name);
    return startOfChain(config, env, null, chain, fromFile('profile', chain.base));
  }
  if (container === null) throw noIdentity(holders, 'nothing says whose keys to start from');
  return startOfVariable(config, env, containerSpec(env), container);
}

function startOfNamedProfile(
  config: Config,
  env: Environment,
  variable: (typeof PROFILE_VARIABLES)[number],
): Start {
  const name = ownValue(env, variable) ?? '';
  const { profiles } = config.aws;
  if (!profiles.has(name)) {
    const holders = [...profiles.values()].filter(holdsLongTermKeys);
    throw noSuchProfile(config.aws, name, variable, holdersHint(holders));
  }
  const chain = resolveProfileChain(config.aws, env, name);
  return startOfChain(config, env, null, chain, fromVariable(ownName(env, variable)));
}

function startOfVariable(
  config: Config,
  env: Environment,
  value: IdentitySpec,
  variable: string,
): Start {
  return startOfSpec(config, env, null, { value, origin: fromVariable(variable) });
}

function noIdentity(holders: readonly AwsSection[], problem: string): AssumeError {
  return new AssumeError('CONFIG_INVALID', problem, { hint: holdersHint(holders) });
}

function holdersHint(holders: readonly AwsSection[]): string {
  const names = holders.map((profile) => visible(profile.name)).join(', ');
  return names === ''
    ? 'put your keys into a profile of ~/.aws/credentials: aws configure --profile NAME'
    : `these profiles hold keys: ${names}; choose with --identity NAME`;
}
