import type { AwsSection } from '../config/aws-file.js';
import type { AwsFiles } from '../config/aws-files.js';
import { explainSkipped } from '../config/describe-warning.js';
import { followInclusion } from '../config/include-profiles.js';
import { AssumeError } from '../errors.js';
import { nearestNames } from '../nearest.js';
import { visible } from '../visible.js';
import { circleError } from './profile-circles.js';
import { formatPlace, type Place } from './profile-value.js';

/**
 * The profile of that name, whole.
 *
 * @param from - Where the name was read; `null` when it was typed.
 * @throws AssumeError CONFIG_INVALID when there is none, or what it includes is not to be had.
 */
export function requireProfile(aws: AwsFiles, name: string, from: Place | null): AwsSection {
  const section = aws.profiles.get(name);
  if (section) {
    checkInclusion(aws, section);
    return section;
  }
  const near = nearestNames(name, [...aws.profiles.keys()])
    .map(visible)
    .join(', ');
  const hint = near ? `nearest: ${near}` : 'add it, or name another';
  throw noSuchProfile(aws, name, from && formatPlace(from), hint);
}

/**
 * The error for a profile that no file has.
 *
 * @param namedBy - The place or the variable that names it; `null` when it was typed.
 * @param hint - What to type where no section of that name is left out, which explains all.
 */
export function noSuchProfile(
  { skipped }: AwsFiles,
  name: string,
  namedBy: string | null,
  hint: string,
): AssumeError {
  return new AssumeError(
    'CONFIG_INVALID',
    `there is no profile ${visible(name)}${namedBy === null ? '' : `, which ${namedBy} names`}`,
    { hint: explainSkipped(skipped, name) ?? hint },
  );
}

/** Refuses a profile whose `include_profile` leads nowhere or back, rather than half of it. */
function checkInclusion({ profiles }: AwsFiles, section: AwsSection): void {
  const { sections, broken } = followInclusion(profiles, section);
  if (!broken) return;
  const again = sections.findIndex(({ name }) => name === broken.value);
  if (again !== -1) throw circleError('include_profile', sections.slice(again));
  throw new AssumeError(
    'CONFIG_INVALID',
    `there is no profile ${visible(broken.value)}, which ${formatPlace(broken)} includes`,
    { hint: 'correct include_profile, or remove it' },
  );
}
