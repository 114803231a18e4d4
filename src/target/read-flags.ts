import type { Form } from '../arn/forms.js';
import { explainMfaSerial } from '../arn/mfa-serial.js';
import { isPolicyArn, MOST_POLICY_ARNS } from '../arn/policy-arn.js';
import { explainTags, isTagKey } from '../arn/session-tags.js';
import { parseDuration } from '../config/duration.js';
import { explainHttpUrl } from '../config/http-url.js';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';

/** Seconds, 900 to 43,200, of `--duration`. @throws AssumeError USAGE */
export function readDuration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = parseDuration(text);
  if (seconds !== null && seconds >= 900 && seconds <= 43_200) return seconds;
  const problem = seconds === null ? 'is no duration' : 'is not between 15m and 12h';
  throw new AssumeError('USAGE', `--duration ${visible(text)} ${problem}`, {
    hint: 'write seconds (5400), minutes (90m) or both (1h30m), 15m to 12h',
  });
}

/**
 * The text, if it is of the form that AWS takes.
 *
 * @param name - The option's, without its dashes.
 * @throws AssumeError USAGE
 */
export function matching(
  name: string,
  text: string | undefined,
  { pattern, wanted }: Form,
): string | undefined {
  if (text === undefined || pattern.test(text)) return text;
  throw new AssumeError(
    'USAGE',
    `--${name} has a value that AWS does not accept: ${visible(text)}`,
    { hint: `AWS takes ${wanted}` },
  );
}

/** The pairs of every `--session-tag`, the last of equal keys. @throws AssumeError USAGE */
export function readTags(words: readonly string[]): Record<string, string> {
  const tags = new Map<string, string>();
  for (const word of words) {
    const [, key, value] = /^([^=]+)=([^]*)$/.exec(word) ?? [];
    if (key === undefined || value === undefined) {
      throw wrongTag(`--session-tag ${visible(word)} is not key=value`);
    }
    tags.set(key, value);
  }
  const problem = explainTags([...tags]);
  if (problem !== null) throw wrongTag(`--session-tag ${problem}`);
  return Object.fromEntries(tags);
}

function wrongTag(problem: string): AssumeError {
  return new AssumeError('USAGE', problem, {
    hint: 'write --session-tag KEY=VALUE, once for each tag',
  });
}

/** Every `--transitive-tag`. @throws AssumeError USAGE */
export function readTagKeys(keys: readonly string[] | undefined): readonly string[] | undefined {
  const wrong = keys?.find((key) => !isTagKey(key));
  if (wrong === undefined) return keys;
  throw new AssumeError('USAGE', `--transitive-tag ${visible(wrong)} is no key that STS takes`, {
    hint: 'write --transitive-tag KEY, once for each key of a tag that later roles keep',
  });
}

/** Every `--policy-arn`, ten at most. @throws AssumeError USAGE */
export function readPolicyArns(
  texts: readonly string[] | undefined,
): readonly string[] | undefined {
  const wrong = texts?.find((text) => !isPolicyArn(text));
  if (wrong !== undefined) {
    const isName = /^[\w+=,.@-]+$/.test(wrong);
    throw new AssumeError('USAGE', `--policy-arn ${visible(wrong)} is not the ARN of a policy`, {
      hint: isName
        ? `if it is AWS's own: --policy-arn arn:aws:iam::aws:policy/${wrong}; if it is yours: arn:aws:iam::123456789012:policy/${wrong}`
        : "write arn:aws:iam::123456789012:policy/NAME, or for AWS's own arn:aws:iam::aws:policy/NAME",
    });
  }
  if (texts === undefined || texts.length <= MOST_POLICY_ARNS) return texts;
  throw new AssumeError('USAGE', `--policy-arn is given ${String(texts.length)} times`, {
    hint: `STS takes ${String(MOST_POLICY_ARNS)} at most`,
  });
}

/** The device of `--mfa-serial`, if its codes can serve STS. @throws AssumeError USAGE */
export function readSerial(text: string | undefined): string | undefined {
  const problem = text === undefined ? null : explainMfaSerial(text);
  if (text === undefined || problem === null) return text;
  throw new AssumeError('USAGE', `--mfa-serial ${visible(text)} is no MFA device for STS`, {
    hint: problem,
  });
}

/** The URL of `--endpoint-url`: http or https, without a user. @throws AssumeError USAGE */
export function readUrl(text: string | undefined): string | undefined {
  const problem = text === undefined ? null : explainHttpUrl(text);
  if (problem === null) return text;
  // Not the URL itself: it may hold a password.
  throw new AssumeError('USAGE', `--endpoint-url ${problem}`, {
    hint: 'write it as http://127.0.0.1:4566',
  });
}
