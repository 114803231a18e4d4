import type { Form } from '../arn/forms.js';
import { explainMfaSerial } from '../arn/mfa-serial.js';
import { findPartition, PARTITIONS } from '../arn/partition.js';
import { isPolicyArn, MOST_POLICY_ARNS } from '../arn/policy-arn.js';
import { explainTags, isTagKey } from '../arn/session-tags.js';
import { alternatives, didYouMean } from './alternatives.js';
import { formatDuration, parseDuration } from './duration.js';
import { explainHttpUrl } from './http-url.js';
import { explainName, isRoleName } from './names.js';

/** A value, or what is wrong with the text: the rest of a sentence that begins with the key. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** Reads a setting's text. The text is never part of a problem: it may be a secret. */
export type ValueParser<T> = (text: string) => Parsed<T>;

export const text: ValueParser<string> = (value) => ({ value });

/** Text of a form that AWS checks too. */
export function matching({ pattern, wanted }: Form): ValueParser<string> {
  return (value) => (pattern.test(value) ? { value } : { problem: `must be ${wanted}` });
}

/** One of a few words. */
export function oneOf<const W extends string>(...words: W[]): ValueParser<W> {
  return (value) => {
    const word = words.find((candidate) => candidate === value);
    if (word !== undefined) return { value: word };
    return { problem: `must be ${alternatives(words)}${didYouMean(value, words)}` };
  };
}

export const yesOrNo: ValueParser<boolean> = (value) => {
  if (value === 'yes' || value === 'no') return { value: value === 'yes' };
  if (/^(true|on|1)$/i.test(value)) return { problem: 'must be yes or no: write yes' };
  if (/^(false|off|0)$/i.test(value)) return { problem: 'must be yes or no: write no' };
  return { problem: 'must be yes or no' };
};

/** Seconds, between two bounds that are part of it. */
export function durationBetween(least: number, most: number): ValueParser<number> {
  const range =
    most === Infinity
      ? `at least ${formatDuration(least)}`
      : `${formatDuration(least)} to ${formatDuration(most)} (${String(least)} to ${String(most)} seconds)`;
  return (value) => {
    const seconds = parseDuration(value);
    return seconds !== null && seconds >= least && seconds <= most
      ? { value: seconds }
      : { problem: `must be ${range}, written as 45m, 1h30m or 3600` };
  };
}

/** Names separated by commas. */
export const names: ValueParser<readonly string[]> = (value) => listOf(value, explainName);

export const name: ValueParser<string> = (value) => {
  const problem = explainName(value);
  return problem === null ? { value } : { problem: `names something that ${problem}` };
};

export const roleName: ValueParser<string> = (value) =>
  isRoleName(value)
    ? { value }
    : { problem: 'must be an IAM role name, with its path if it has one: /team/ops/NAME' };

export const tagKeys: ValueParser<readonly string[]> = (value) =>
  listOf(value, (key) => (isTagKey(key) ? null : 'has characters, or a length, STS refuses'));

/** `k=v` separated by commas. STS takes two keys that differ only in case for one. */
export const tags: ValueParser<Readonly<Record<string, string>>> = (value) => {
  const pairs = value.split(',').map((pair) => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, Math.max(0, equals)).trim(), pair.slice(equals + 1).trim()] as const;
  });
  const problem = pairs.some(([key]) => key === '')
    ? 'must be k=v pairs, separated by commas'
    : explainTags(pairs);
  return problem === null ? { value: Object.fromEntries(pairs) } : { problem };
};

export const policyArns: ValueParser<readonly string[]> = (value) => {
  const parsed = listOf(value, (arn) => (isPolicyArn(arn) ? null : 'is no ARN of an IAM policy'));
  return 'value' in parsed && parsed.value.length > MOST_POLICY_ARNS
    ? { problem: `has more than the ${String(MOST_POLICY_ARNS)} ARNs that STS takes` }
    : parsed;
};

/** Inline JSON, checked, or the path of a file that holds it. */
export const policy: ValueParser<string> = (value) => {
  if (!value.startsWith('{')) return { value };
  try {
    JSON.parse(value);
    return { value };
  } catch {
    return { problem: 'starts with { and is not JSON' };
  }
};

export const mfaSerial: ValueParser<string> = (value) => {
  const problem = explainMfaSerial(value);
  return problem === null ? { value } : { problem: `must be an MFA device: ${problem}` };
};

export const partition: ValueParser<string> = (value) => {
  const known = PARTITIONS.map((candidate) => candidate.name);
  return findPartition(value)
    ? { value }
    : { problem: `must be ${alternatives(known)}${didYouMean(value, known)}` };
};

export const httpUrl: ValueParser<string> = (value) => {
  const problem = explainHttpUrl(value);
  return problem === null ? { value } : { problem };
};

function listOf(
  value: string,
  explain: (item: string) => string | null,
): Parsed<readonly string[]> {
  const items = value.split(',').map((item) => item.trim());
  for (const [index, item] of items.entries()) {
    const place = `the item ${String(index + 1)} of its list`;
    if (item === '') return { problem: `has nothing as ${place}` };
    const problem = explain(item);
    if (problem !== null) return { problem: `is wrong: ${place} ${problem}` };
  }
  return new Set(items).size === items.length
    ? { value: items }
    : { problem: 'has an item twice in its list' };
}
