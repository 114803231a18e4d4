import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Credentials } from '../credentials.js';
import type { Host } from '../host/host.js';
import { readIfOurs } from '../store/attempt.js';

/** What a profile has the AWS CLI send with AssumeRole, as far as its cache goes by it. */
export interface CliRequest {
  readonly roleArn: string;
  /** `null` where the profile names none: the CLI then makes one up, which does not count. */
  readonly sessionName: string | null;
  readonly externalId: string | null;
  readonly mfaSerial: string | null;
  readonly durationSeconds: number | null;
}

/** Credentials as the AWS CLI's cache holds them. */
export interface CliEntry {
  readonly credentials: Credentials & { readonly expiration: Date };
  readonly accountId: string | null;
  /** Whose they are: no key of the CLI's, which keeps off what it does not know. */
  readonly identity: string;
}

/** Where the AWS CLI keeps the roles that it has assumed; `null` without a home directory. */
export function cliCacheDirectory({ homeDirectory }: Host): string | null {
  return homeDirectory && join(homeDirectory, '.aws/cli/cache');
}

/**
 * The name of the CLI's file for a request.
 *
 * @see https://github.com/boto/botocore/blob/develop/botocore/credentials.py `_create_cache_key`
 */
export function cliCacheFile(request: CliRequest): string {
  const parameters: [name: string, value: string | number | null][] = [
    ['DurationSeconds', request.durationSeconds],
    ['ExternalId', request.externalId],
    ['RoleArn', request.roleArn],
    ['RoleSessionName', request.sessionName],
    ['SerialNumber', request.mfaSerial],
  ];
  // As Python writes JSON: blanks after colon and comma, ASCII alone, here in the order of the keys.
  const members = parameters.flatMap(([name, value]) =>
    value === null ? [] : [`"${name}": ${asciiJson(value)}`],
  );
  return `${createHash('sha1')
    .update(`{${members.join(', ')}}`)
    .digest('hex')}.json`;
}

/** The text of a file that serves the CLI until the credentials have 15 minutes left. */
export function formatCliEntry({ credentials, accountId, identity }: CliEntry): string {
  return asciiJson({
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey.reveal(),
      SessionToken: credentials.sessionToken?.reveal(),
      Expiration: credentials.expiration.toISOString().replace(/\.\d+Z$/, 'Z'),
      ...(accountId !== null && { AccountId: accountId }),
    },
    [MARK]: identity,
  });
}

const MARK = 'x_assume_identity';

/** What a file of the CLI's cache tells of itself. */
export interface CliFacts {
  readonly expiration: Date;
  /** The identity of an entry that we put there; `null` for the CLI's own. */
  readonly identity: string | null;
}

/** Every entry of the CLI's cache that we put there and it has not replaced. */
export function ownCliEntries(
  host: Host,
): { readonly identity: string; readonly expiration: Date; remove(): boolean }[] {
  const directory = cliCacheDirectory(host);
  if (directory === null) return [];
  const names = host.files.list(directory).filter((name) => name.endsWith('.json'));
  return names.flatMap((name) => {
    const path = join(directory, name);
    const facts = parseCliEntry(readIfOurs(host, path) ?? '');
    if (facts?.identity == null) return [];
    const { identity, expiration } = facts;
    return [{ identity, expiration, remove: () => host.files.remove(path) }];
  });
}

/** Reads a file of the CLI's cache; `null` when it holds no role's credentials. */
export function parseCliEntry(text: string): CliFacts | null {
  const raw = parseJson(text);
  const written = memberOf(memberOf(raw, 'Credentials'), 'Expiration');
  // The CLI writes UTC for Z.
  const expiration = new Date(typeof written === 'string' ? written.replace(/UTC$/, 'Z') : NaN);
  if (!Number.isFinite(expiration.getTime())) return null;
  const identity = memberOf(raw, MARK);
  return { expiration, identity: typeof identity === 'string' ? identity : null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
