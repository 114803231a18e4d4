import type { Host } from '../host/host.js';
import type { AwsFile, AwsFileKind, AwsSection } from './aws-file.js';
import { parseAwsFile } from './aws-file-parser.js';
import { both } from './both.js';
import { awsLocations } from './locations.js';

/** Where one of AWS's files is looked for (`null`: nothing names a place), and whether it is there. */
export interface AwsFilePlace {
  readonly path: string | null;
  readonly exists: boolean;
}

/** AWS's two files as one; each value's `file` tells which of them it came from. */
export interface AwsFiles extends AwsFile {
  readonly config: AwsFilePlace;
  readonly credentials: AwsFilePlace;
}

/**
 * Reads AWS's config and credentials files and merges them: every profile of either, and a key that
 * both have from the credentials file. A file that is not there is an empty one.
 *
 * @throws AssumeError `CONFIG_INVALID` where nobody could read a file, `CONFIG_UNREADABLE` when
 * one is there and cannot be read.
 */
export function readAwsFiles(host: Host): AwsFiles {
  const paths = awsLocations(host);
  const [config, credentials] = both(
    () => readAwsFile(host, paths.config, 'config'),
    () => readAwsFile(host, paths.credentials, 'credentials'),
  );
  return {
    config: config.place,
    credentials: credentials.place,
    profiles: mergeProfiles(config.parsed.profiles, credentials.parsed.profiles),
    ssoSessions: config.parsed.ssoSessions,
    services: config.parsed.services,
    skipped: [...config.parsed.skipped, ...credentials.parsed.skipped],
    warnings: [...config.parsed.warnings, ...credentials.parsed.warnings],
  };
}

function readAwsFile(
  host: Host,
  path: string | null,
  kind: AwsFileKind,
): { place: AwsFilePlace; parsed: AwsFile } {
  const text = path === null ? null : host.files.readText(path);
  return {
    place: { path, exists: text !== null },
    parsed: parseAwsFile(text ?? '', path ?? '', kind),
  };
}

function mergeProfiles(
  config: ReadonlyMap<string, AwsSection>,
  credentials: ReadonlyMap<string, AwsSection>,
): ReadonlyMap<string, AwsSection> {
  const merged = new Map(config);
  for (const [name, section] of credentials) {
    const below = merged.get(name);
    const values = new Map([...(below?.values ?? []), ...section.values]);
    merged.set(name, { ...(below ?? section), values });
  }
  return merged;
}
