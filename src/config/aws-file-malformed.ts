import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';

/** For each way in which nobody can read a file: what is wanted, and what to do about it. */
const REASONS = {
  header: {
    wanted: 'a section header has to end with "]"',
    hint: 'Add it after the name. A # or ; starts a comment, even between the brackets.',
  },
  outside: {
    wanted: 'a section header has to come first',
    hint: 'Put a header above the line: [profile NAME], or [NAME] in the credentials file.',
  },
  property: {
    wanted: 'a property has to read "name = value", and there is no "="',
    hint: 'Add it, or start the line with # if it is a comment.',
  },
  subproperty: {
    wanted: 'a line indented under an empty value has to read "name = value", and there is no "="',
    hint: 'Add it, or start the line with # if it is a comment.',
  },
  name: {
    wanted: 'a property has to have a name before the "="',
    hint: 'Write the name, or start the line with # if it is a comment.',
  },
} as const;

/** Why a file cannot be read. */
export type Malformation = keyof typeof REASONS;

/** Where a line's text begins, counted from 1. */
interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The error for a line of a file. It shows nothing of the line: it may be a secret.
 *
 * @param at - How far into the text, from 0.
 */
export function malformed(
  { file, line, column }: Place,
  reason: Malformation,
  at = 0,
): AssumeError {
  const { wanted, hint } = REASONS[reason];
  const place = [visible(file), line, column + at].join(':');
  return new AssumeError('CONFIG_INVALID', `${place}: ${wanted}`, { hint });
}
