import { matchesArn, matchesPattern, type Pattern } from './wildcard.js';

/** How one value of the request is held against one value of the policy. */
export interface ConditionOperator {
  /** `Not…`: true when no value fits, and so when the key is absent. */
  readonly negated: boolean;
  /** Whether `*` and `?` in the policy's value are wildcards. */
  readonly wildcards: boolean;
  readonly fits: (value: string, wanted: Pattern) => boolean;
}

const text = (wanted: Pattern): string => wanted.map(String).join('');
const same = (value: string, wanted: Pattern): boolean => value === text(wanted);
const sameIgnoringCase = (value: string, wanted: Pattern): boolean =>
  value.toLowerCase() === text(wanted).toLowerCase();
const like = (value: string, wanted: Pattern): boolean => matchesPattern(wanted, value);
const likeArn = (value: string, wanted: Pattern): boolean => matchesArn(wanted, value);

type Comparison = (value: number, wanted: number) => boolean;
const numeric = (compare: Comparison) => compareAs(Number, compare);
const date = (compare: Comparison) => compareAs(parseInstant, compare);

/**
 * Every operator but `Null`, which asks about the key and not its value, and `BinaryEquals`, whose
 * keys no call here has. `ArnEquals` takes wildcards too: AWS makes no difference from `ArnLike`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const CONDITION_OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map([
  ['StringEquals', operator(same)],
  ['StringNotEquals', negate(operator(same))],
  ['StringEqualsIgnoreCase', operator(sameIgnoringCase)],
  ['StringNotEqualsIgnoreCase', negate(operator(sameIgnoringCase))],
  ['StringLike', operator(like, true)],
  ['StringNotLike', negate(operator(like, true))],
  ['ArnEquals', operator(likeArn, true)],
  ['ArnNotEquals', negate(operator(likeArn, true))],
  ['ArnLike', operator(likeArn, true)],
  ['ArnNotLike', negate(operator(likeArn, true))],
  ['Bool', operator(sameIgnoringCase)],
  ['NumericEquals', operator(numeric((value, wanted) => value === wanted))],
  ['NumericNotEquals', negate(operator(numeric((value, wanted) => value === wanted)))],
  ['NumericLessThan', operator(numeric((value, wanted) => value < wanted))],
  ['NumericLessThanEquals', operator(numeric((value, wanted) => value <= wanted))],
  ['NumericGreaterThan', operator(numeric((value, wanted) => value > wanted))],
  ['NumericGreaterThanEquals', operator(numeric((value, wanted) => value >= wanted))],
  ['DateEquals', operator(date((value, wanted) => value === wanted))],
  ['DateNotEquals', negate(operator(date((value, wanted) => value === wanted)))],
  ['DateLessThan', operator(date((value, wanted) => value < wanted))],
  ['DateLessThanEquals', operator(date((value, wanted) => value <= wanted))],
  ['DateGreaterThan', operator(date((value, wanted) => value > wanted))],
  ['DateGreaterThanEquals', operator(date((value, wanted) => value >= wanted))],
  ['IpAddress', operator(inRange)],
  ['NotIpAddress', negate(operator(inRange))],
]);

function operator(fits: ConditionOperator['fits'], wildcards = false): ConditionOperator {
  return { negated: false, wildcards, fits };
}

function negate(positive: ConditionOperator): ConditionOperator {
  return { ...positive, negated: true };
}

/** What cannot be read is not a number, and no comparison with that holds. */
function compareAs(read: (text: string) => number, compare: Comparison): ConditionOperator['fits'] {
  return (value, wanted) => compare(read(value), read(text(wanted)));
}

/** Milliseconds since 1970 from ISO 8601 or from epoch seconds, both of which AWS takes. */
function parseInstant(value: string): number {
  return /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
}

/** IPv4 only: the sandbox listens on 127.0.0.1, so that no request comes from elsewhere. */
function inRange(value: string, wanted: Pattern): boolean {
  const [network = '', length = '32'] = text(wanted).split('/');
  const [address, base] = [parseAddress(value), parseAddress(network)];
  if (address === null || base === null || !/^(\d|[12]\d|3[0-2])$/.test(length)) return false;
  const size = 2 ** (32 - Number(length));
  return Math.floor(address / size) === Math.floor(base / size);
}

function parseAddress(value: string): number | null {
  const bytes = value.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255)) return null;
  return bytes.reduce((address, byte) => address * 256 + byte, 0);
}
