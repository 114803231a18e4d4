import type { Host } from '../host/host.js';
import { readAssumeFile, type AssumeFile } from './assume-file.js';
import { readAwsFiles, type AwsFiles } from './aws-files.js';
import { both } from './both.js';
import { includeProfiles } from './include-profiles.js';

/** Everything that the user's files say. */
export interface Config {
  readonly aws: AwsFiles;
  readonly assume: AssumeFile;
}

/**
 * Reads AWS's files, with what their profiles include of each other, and assume's own.
 *
 * @throws AssumeError `CONFIG_INVALID` or `CONFIG_UNREADABLE`, naming file and line, in every file
 * that cannot be read.
 */
export function readConfig(host: Host): Config {
  const [aws, assume] = both(
    () => readAwsFiles(host),
    () => readAssumeFile(host),
  );
  return { aws: { ...aws, profiles: includeProfiles(aws.profiles) }, assume };
}
