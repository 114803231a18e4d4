import type { AwsSection } from '../config/aws-file.js';
import type { AwsFiles } from '../config/aws-files.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { visible } from '../visible.js';
import { identityIn, readAlias, wordsForUs } from './alias.js';
import { specOfCredentialSource } from './credential-source.js';
import type { IdentitySpec } from './identity-spec.js';
import { circleError } from './profile-circles.js';
import { noCredentials, originOfSource, specOfProfile } from './profile-source.js';
import { formatPlace, hasAny, profileValue, type Place } from './profile-value.js';
import { requireProfile } from './require-profile.js';
import { hasStaticKeys } from './static-keys.js';
import { formatOrigin, fromFile, type Origin } from './target.js';

/** A profile's way to its credentials: whose keys begin it, then each role on the way. */
export interface ProfileChain {
  /** The profile that the first credentials are of. */
  readonly base: AwsSection;
  /** What they are. */
  readonly source: IdentitySpec;
  /** Where that is said. */
  readonly origin: Origin;
  /** In the order they are assumed; empty when the profile's own credentials are the answer. */
  readonly hops: readonly AwsSection[];
}

/**
 * Follows `source_profile` from the named profile to the credentials it begins with, by the rules
 * the SDKs share: the top profile's role counts before its own keys, a source's keys before its
 * role, a web identity before either, and a profile may name itself only if it has keys. Nothing is
 * inherited from `[default]`.
 *
 * @param namedBy - Where the name was read; `null` when it was typed.
 * @throws AssumeError CONFIG_INVALID with file and line for a loop, a missing source, partial keys,
 * or none at all.
 */
export function resolveProfileChain(
  aws: AwsFiles,
  env: Environment,
  name: string,
  namedBy: Place | null = null,
): ProfileChain {
  const walked = new Set<AwsSection>();
  let section = requireProfile(aws, name, namedBy);
  while (isHop(section) && !(walked.size > 0 && hasStaticKeys(section))) {
    walked.add(section);
    const ambient = ambientChain(section, env);
    if (ambient) return { ...ambient, hops: [...walked].reverse() };
    const source = sourceOf(aws, section);
    if (source !== section && walked.has(source)) {
      const members = [...walked];
      throw circleError('source_profile', members.slice(members.indexOf(source)));
    }
    section = source;
  }
  const named = specOfProfile(section, aws, env);
  if (!named) throw noCredentials(section);
  const origin = originOfSource(section);
  const source = throughOurselves(named, section, origin);
  return { base: section, source, origin, hops: [...walked].reverse() };
}

/** Tells whether the profile is a role that other credentials assume. */
export function isHop(section: AwsSection): boolean {
  return hasAny(section, ['role_arn']) && !hasAny(section, ['web_identity_token_file']);
}

/** What `credential_source` begins, which no `source_profile` may stand beside. */
function ambientChain(section: AwsSection, env: Environment): Omit<ProfileChain, 'hops'> | null {
  const source = specOfCredentialSource(section, env);
  const place = profileValue(section, 'credential_source');
  if (!source || !place) return null;
  const named = profileValue(section, 'source_profile');
  if (named) {
    throw new AssumeError(
      'CONFIG_INVALID',
      `profile ${visible(section.name)} has both credential_source (${formatPlace(place)}) and source_profile (${formatPlace(named)})`,
      { hint: 'keep one of the two' },
    );
  }
  return { base: section, source, origin: fromFile('credential_source', place) };
}

function sourceOf(aws: AwsFiles, section: AwsSection): AwsSection {
  const source = profileValue(section, 'source_profile');
  if (!source) {
    const role = profileValue(section, 'role_arn') ?? section;
    throw new AssumeError(
      'CONFIG_INVALID',
      `profile ${visible(section.name)} has a role_arn (${formatPlace(role)}) but neither source_profile nor credential_source to assume it from`,
      { hint: 'add: source_profile = NAME, the profile that holds your keys' },
    );
  }
  if (source.value !== section.name) return requireProfile(aws, source.value, source);
  if (hasStaticKeys(section)) return section;
  throw circleError('source_profile', [section]);
}

/**
 * A process that is this program is never run. One that gives an identity of the store stands for that;
 * any other would start from what it is to be the start of.
 */
function throughOurselves(source: IdentitySpec, section: AwsSection, origin: Origin): IdentitySpec {
  const words = source.kind === 'process' ? wordsForUs(source.command) : null;
  if (!words) return source;
  const identity = words.length === 0 ? null : identityIn(readAlias(section)?.name ?? '');
  if (identity !== null) return { kind: 'keychain', identity };
  const target = words.find((word) => !word.startsWith('-'));
  throw new AssumeError(
    'CONFIG_INVALID',
    `nothing can start from profile ${visible(section.name)}: its credential_process (${formatOrigin(origin)}) is assume itself`,
    {
      hint:
        target === undefined
          ? 'name a profile that holds credentials of its own'
          : `it only stands for ${visible(target)}: name that one instead, if it is a profile`,
    },
  );
}
