import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';

/** For each way in which the SDKs refuse a file: what they want, and what to do about it. */
const REASONS = {
  header: {
    wanted: 'a section header has to end with "]"',
    hint: 'A # or ; starts a comment, even between the brackets.',
  },
  outside: {
    wanted: 'a section header has to come first',
    hint: 'Put a header above the line: [profile NAME], or [NAME] in the credentials file.',
  },
  continuation: {
    wanted: 'an indented line has to continue a property, and none stands above it in its section',
    hint: 'Remove the blanks at the start of the line.',
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

/** Why the SDKs refuse a file. */
export type Malformation = keyof typeof REASONS;

/** The error for a place in a file, counted from 1. It shows nothing of the line: it may be a secret. */
export function malformed(
  file: string,
  line: number,
  column: number,
  reason: Malformation,
): AssumeError {
  const { wanted, hint } = REASONS[reason];
  const place = [visible(file), line, column].join(':');
  return new AssumeError('CONFIG_INVALID', `${place}: ${wanted}`, { hint });
}
