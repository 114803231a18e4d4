import type { AwsSection, AwsValue } from '../config/aws-file.js';
import { parseDuration } from '../config/duration.js';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { fromFile, type Given } from './target.js';

/** Where something stands in a file. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** Where that is known. */
  readonly column?: number;
}

/** What is wrong with a text; `null` when nothing is. */
export type Explain = (text: string) => string | null;

/** The profile's value; `null` when it is absent or empty, which AWS's tools treat alike. */
export function profileValue(section: AwsSection, key: string): AwsValue | null {
  const value = section.values.get(key);
  return value === undefined || value.value === '' ? null : value;
}

/** The profile that a value stands in: this one, or one that it includes. */
export function ownerOf(section: AwsSection, key: string): string {
  return section.included?.get(key) ?? section.name;
}

/** The profile's value with where it stands as its origin. */
export function givenValue(section: AwsSection, key: string): Given<string> | null {
  const value = profileValue(section, key);
  return value && { value: value.value, origin: fromFile(key, value) };
}

/**
 * The same, proved to be what AWS takes.
 *
 * @throws AssumeError CONFIG_INVALID with file and line when it is not.
 */
export function checkedValue(
  section: AwsSection,
  key: string,
  explain: Explain,
): Given<string> | null {
  const given = givenValue(section, key);
  const problem = given && explain(given.value);
  if (problem) throw invalidValue(section, key, problem);
  return given;
}

/**
 * A value that another key needs beside it.
 *
 * @throws AssumeError CONFIG_INVALID with file and line when it is absent, or not what AWS takes.
 */
export function requiredValue(
  section: AwsSection,
  key: string,
  beside: string,
  explain: Explain = () => null,
): string {
  const given = checkedValue(section, key, explain);
  if (given) return given.value;
  throw new AssumeError(
    'CONFIG_INVALID',
    `${formatPlace(profileValue(section, beside) ?? section)}: ${visible(section.name)} has no ${key} beside it`,
    { hint: `add ${key} to the section` },
  );
}

/**
 * `duration_seconds`, in seconds.
 *
 * @throws AssumeError CONFIG_INVALID when it is no duration, or one that STS never gives.
 */
export function durationValue(section: AwsSection): Given<number> | null {
  const given = givenValue(section, 'duration_seconds');
  if (!given) return null;
  const seconds = parseDuration(given.value);
  if (seconds !== null && isRoleDuration(seconds)) return { ...given, value: seconds };
  const problem =
    seconds === null
      ? 'it is no duration: write seconds, such as 3600'
      : 'it is not between 900 and 43200 seconds';
  throw invalidValue(section, 'duration_seconds', problem);
}

/** Tells whether STS ever gives a role for so long. */
export function isRoleDuration(seconds: number): boolean {
  return seconds >= 900 && seconds <= 43_200;
}

/** @returns An error that names the key, where it stands, and what is wrong with its value. */
export function invalidValue(section: AwsSection, key: string, problem: string): AssumeError {
  return new AssumeError(
    'CONFIG_INVALID',
    `${formatPlace(profileValue(section, key) ?? section)}: ${key} of profile ${visible(ownerOf(section, key))} cannot be used`,
    { hint: problem },
  );
}

/** Tells whether the profile has any of the keys, with a value. */
export function hasAny(section: AwsSection, keys: readonly string[]): boolean {
  return keys.some((key) => profileValue(section, key) !== null);
}

/** `file:line`, and the column where it is known. */
export function formatPlace({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
