import type { AwsSection } from '../config/aws-file.js';
import type { AwsFiles } from '../config/aws-files.js';
import { AssumeError, isAssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { readAlias } from './alias.js';
import { formatPlace, hasAny, profileValue } from './profile-value.js';
import { hasStaticKeys } from './static-keys.js';

/** The keys by which one profile leads to another, and what ends a circle of them. */
const WAYS_OUT = {
  source_profile: 'one of them must name a profile that holds keys',
  include_profile: 'correct include_profile, or remove it',
  credential_process: 'one of them must name another target',
} as const;

type Leading = keyof typeof WAYS_OUT;

/** Where profiles lead back to themselves. */
export interface Circles {
  /** One for each circle, however many profiles are in it or lead into it. */
  readonly errors: readonly AssumeError[];
  /** Every profile in a circle, or that leads into one. */
  readonly lost: ReadonlySet<string>;
}

/** Finds every circle of `source_profile` and `include_profile`, in time that grows with the profiles. */
export function findCircles({ profiles }: AwsFiles): Circles {
  const bySource = walkAll(profiles, 'source_profile', (profile) =>
    namesSource(profile) ? profileValue(profile, 'source_profile')?.value : undefined,
  );
  const byInclusion = walkAll(
    profiles,
    'include_profile',
    (profile) => profileValue(profile, 'include_profile')?.value,
  );
  return {
    errors: [...bySource.errors, ...byInclusion.errors],
    lost: new Set([...bySource.lost, ...byInclusion.lost]),
  };
}

/**
 * Finds every circle of profiles that only call us for each other, in such a time too.
 *
 * @param isTarget - Tells whether the profile's name means more than the profile: where it does, the
 * circle can be left there.
 */
export function findCallbackCircles(
  { profiles }: AwsFiles,
  isTarget: (profile: AwsSection) => boolean,
): Circles {
  return walkAll(profiles, 'credential_process', (profile) => {
    const alias = orNull(() => readAlias(profile));
    return alias && !isTarget(profile) ? alias.name.replace(/^profile:/, '') : undefined;
  });
}

/** More would not be read. */
const MOST_SHOWN = 5;

/**
 * The error for a circle, the same whichever of its profiles it was entered by.
 *
 * @param members - In the order in which they lead to each other, each once.
 */
export function circleError(key: Leading, members: readonly AwsSection[]): AssumeError {
  const first = members.reduce((least, each) => (isAbove(each, least) ? each : least));
  const at = members.indexOf(first);
  const round = [...members.slice(at), ...members.slice(0, at)];
  const shown = round.slice(0, MOST_SHOWN);
  const untold = round.length - shown.length;
  const more = untold === 0 ? [] : [`${String(untold)} more`];
  const names = [...shown, ...(untold === 0 ? [first] : [])].map(({ name }) => visible(name));
  const places = shown.map((section) => formatPlace(profileValue(section, key) ?? section));
  return new AssumeError(
    'CONFIG_INVALID',
    `${key} goes in a circle: ${[...names, ...more].join(' → ')} (${[...places, ...more].join(', ')})`,
    { hint: WAYS_OUT[key] },
  );
}

function isAbove(one: AwsSection, other: AwsSection): boolean {
  return one.file === other.file ? one.line < other.line : one.file < other.file;
}

/** A role of other credentials; one that is a source itself ends the way by its keys. */
function namesSource(profile: AwsSection): boolean {
  if (!hasAny(profile, ['role_arn'])) return false;
  if (hasAny(profile, ['web_identity_token_file', 'credential_source'])) return false;
  return orNull(() => hasStaticKeys(profile)) === false;
}

/** What cannot be read is told of elsewhere. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return null;
  }
}

function walkAll(
  profiles: ReadonlyMap<string, AwsSection>,
  key: Leading,
  nameAfter: (profile: AwsSection) => string | undefined,
): Circles {
  const errors: AssumeError[] = [];
  const lost = new Set<string>();
  const seen = new Set<AwsSection>();
  for (const start of profiles.values()) {
    const path = new Set<AwsSection>();
    let next: AwsSection | undefined = start;
    while (next && !seen.has(next)) {
      seen.add(next);
      path.add(next);
      const name = nameAfter(next);
      next = name === undefined ? undefined : profiles.get(name);
    }
    if (!next) continue;
    const walked = [...path];
    if (path.has(next)) errors.push(circleError(key, walked.slice(walked.indexOf(next))));
    else if (!lost.has(next.name)) continue;
    for (const { name } of walked) lost.add(name);
  }
  return { errors, lost };
}
