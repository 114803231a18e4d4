import type { Call } from './call.js';
import { validate } from './constraints.js';
import { Refusal, validationError } from './refusal.js';

/** What the tags of an `AssumeRole` request come to. */
export interface SessionTags {
  /** The request's own, by key. */
  readonly requested: Readonly<Record<string, string>>;
  readonly requestedTransitiveKeys: readonly string[];
  /** The session's: the request's and those inherited from the calling session. */
  readonly tags: Readonly<Record<string, string>>;
  /** Of `tags`, those that the next role in the chain inherits. */
  readonly transitiveKeys: readonly string[];
}

const TEXT = String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]`;

/**
 * Reads `Tags` and `TransitiveTagKeys`. Keys are told apart without regard to case.
 *
 * @throws Refusal `ValidationError` or `InvalidParameterValue`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function readSessionTags(call: Call): SessionTags {
  const requested = readTags(call.parameters);
  const keys = Object.keys(requested);
  const transitive = new Set(lower(readMembers(call.parameters, 'TransitiveTagKeys')));
  const requestedTransitiveKeys = keys.filter((key) => transitive.has(key.toLowerCase()));
  if (requestedTransitiveKeys.length < transitive.size)
    throw invalidValue('The specified transitive tag key must be included in the requested tags.');
  const { sessionTags, transitiveTagKeys } = call.caller;
  const inherited = Object.entries(sessionTags).filter(([key]) => transitiveTagKeys.includes(key));
  if (lower(transitiveTagKeys).some((key) => lower(keys).includes(key)))
    throw invalidValue(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  return {
    requested,
    requestedTransitiveKeys,
    tags: { ...Object.fromEntries(inherited), ...requested },
    transitiveKeys: [...transitiveTagKeys, ...requestedTransitiveKeys],
  };
}

/** The values of `NAME.member.1`, `NAME.member.2`… with that ending, as far as they are numbered. */
export function readMembers(
  parameters: Readonly<Record<string, string>>,
  name: string,
  ending = '',
): string[] {
  const values: string[] = [];
  for (;;) {
    const value = parameters[`${name}.member.${(values.length + 1).toString()}${ending}`];
    if (value === undefined) return values;
    values.push(value);
  }
}

function readTags(parameters: Readonly<Record<string, string>>): Record<string, string> {
  const keys = readMembers(parameters, 'Tags', '.Key');
  // The API's model allows 50 tags, of 128 and 256 characters.
  if (keys.length > 50)
    throw validationError(
      "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
    );
  const members = keys.map((_, index) => `Tags.member.${(index + 1).toString()}`);
  validate(
    parameters,
    members.flatMap((member) => [
      { name: `${member}.Key`, required: true, length: [1, 128], pattern: `${TEXT}+` },
      { name: `${member}.Value`, required: true, length: [0, 256], pattern: `${TEXT}*` },
    ]),
  );
  if (lower(keys).some((key) => key.startsWith('aws:')))
    throw invalidValue('Tag keys that start with aws: are reserved for AWS.');
  if (new Set(lower(keys)).size < keys.length)
    throw invalidValue('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  return Object.fromEntries(
    keys.map((key, index) => [key, parameters[`${members[index] ?? ''}.Value`] ?? '']),
  );
}

function lower(keys: readonly string[]): string[] {
  return keys.map((key) => key.toLowerCase());
}

function invalidValue(message: string): Refusal {
  return new Refusal(400, 'InvalidParameterValue', message);
}
