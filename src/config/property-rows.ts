import { hasOddBlank, type PropertyLine } from './aws-file-lines.js';
import { isAwsIdentifier } from './aws-section-name.js';
import type { ToleranceName } from './tolerances.js';

/** A row, and where in the text its reason stands, from 0. */
export type RowAt = readonly [row: ToleranceName, at: number];

/** What other readers take otherwise in a line `key = value`. */
export function propertyRows(line: string, property: PropertyLine): RowAt[] {
  if (!isAwsIdentifier(property.key)) return [['odd-key', 0]];
  const { value, delimiterAt, commentAt } = property;
  const written = line.slice(0, delimiterAt);
  const rest = line.slice(delimiterAt + 1, commentAt ?? line.length);
  const rows: RowAt[] = [];
  if (property.key === '__proto__') rows.push(['proto-key', 0]);
  if (/[A-Z]/.test(written)) rows.push(['capital-in-key', 0]);
  if (line[delimiterAt] === ':') rows.push(['colon-for-equals', delimiterAt]);
  else if (written.includes(':')) rows.push(['colon-in-key', written.indexOf(':')]);
  if (hasOddBlank(written) || hasOddBlank(rest)) rows.push(['odd-blank', 0]);
  if (isQuoted(value)) rows.push(['quoted-value', line.indexOf(value, delimiterAt)]);
  if (commentAt !== null) rows.push(['comment-after-value', commentAt]);
  return rows;
}

/** Keys whose empty value the AWS CLI and boto3 use as it is, and fail with. */
const NEEDED: ReadonlySet<string> = new Set([
  'role_arn',
  'source_profile',
  'credential_source',
  'external_id',
  'mfa_serial',
  'web_identity_token_file',
  'credential_process',
  'sso_session',
  'sso_start_url',
  'sso_region',
  'sso_account_id',
  'sso_role_name',
  'region',
  'services',
  'max_attempts',
  'retry_mode',
  'defaults_mode',
  's3',
]);

/** What is told of a key without a value; `null` for those by which the AWS CLI alone is told a thing. */
export function emptyRow(key: string): ToleranceName | null {
  if (key.startsWith('cli_')) return null;
  return NEEDED.has(key) ? 'empty-needed-value' : 'empty-value';
}

/** What other readers take otherwise in a line of an indented block. */
export function blockRows(line: string, { value, delimiterAt }: PropertyLine): RowAt[] {
  const sign = line.slice(delimiterAt).search(/\s[#;]/);
  if (sign !== -1) return [['comment-in-block', delimiterAt + sign + 1]];
  return value === '' ? [['empty-value', 0]] : [];
}

function isQuoted(value: string): boolean {
  const [quote] = value;
  return value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
}
