import { Refusal, validationError } from './refusal.js';

/** What a parameter must satisfy, by the API's model. */
export interface Constraint {
  readonly name: string;
  readonly required?: boolean;
  /** Characters at least and at most. */
  readonly length?: readonly [number, number];
  /** A whole number, at least and at most. */
  readonly range?: readonly [number, number];
  /** As AWS prints it; the whole value must fit. */
  readonly pattern?: string;
}

/**
 * Holds the parameters against the API's model and reports all that is wrong at once.
 *
 * @throws Refusal `ValidationError`.
 */
export function validate(
  parameters: Readonly<Record<string, string>>,
  constraints: readonly Constraint[],
): void {
  const broken = constraints.flatMap((constraint) =>
    failures(parameters[constraint.name], constraint).map((failure) => {
      const value = parameters[constraint.name];
      const shown = value === undefined ? 'null' : `'${value}'`;
      return `Value ${shown} at '${fieldName(constraint.name)}' failed to satisfy constraint: ${failure}`;
    }),
  );
  if (broken.length === 0) return;
  const errors = broken.length === 1 ? 'error' : 'errors';
  throw validationError(
    `${broken.length.toString()} validation ${errors} detected: ${broken.join('; ')}`,
  );
}

/**
 * A whole number that the request may carry.
 *
 * @returns `fallback` when it does not.
 * @throws Refusal `MalformedInput` when it carries something else.
 */
export function readInteger(value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (!/^-?\d{1,15}$/.test(value))
    throw new Refusal(400, 'MalformedInput', 'Expected an integer value.');
  return Number(value);
}

function failures(value: string | undefined, constraint: Constraint): string[] {
  if (value === undefined) return constraint.required ? ['Member must not be null'] : [];
  const { length: [shortest, longest] = [0, Infinity], range, pattern } = constraint;
  const [least, most] = range ?? [-Infinity, Infinity];
  const number = range ? readInteger(value, 0) : 0;
  const rules: readonly (readonly [boolean, string])[] = [
    [number > most, `Member must have value less than or equal to ${most.toString()}`],
    [number < least, `Member must have value greater than or equal to ${least.toString()}`],
    [value.length > longest, `Member must have length less than or equal to ${longest.toString()}`],
    [
      value.length < shortest,
      `Member must have length greater than or equal to ${shortest.toString()}`,
    ],
    [
      pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value),
      `Member must satisfy regular expression pattern: ${pattern ?? ''}`,
    ],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, failure]) => failure);
}

/** `Tags.member.1.Key` is `tags.1.member.key` in AWS's messages. */
function fieldName(parameter: string): string {
  return parameter
    .replace(/\.member\.(\d+)/g, '.$1.member')
    .replace(/(^|\.)[A-Z]/g, (initial) => initial.toLowerCase());
}
