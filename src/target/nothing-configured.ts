import type { Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';

/** @returns An error of three lines for whoever has no target yet: three ways to begin. */
export function nothingConfigured(config: Config): AssumeError {
  return new AssumeError(
    'TARGET_UNKNOWN',
    'nothing is configured yet; to try it on a practice AWS: assume sandbox',
    {
      hint: [
        `to use AWS profiles: add them to ${placeOf(config.aws.config.path)}; assume config --help shows one`,
        `to list accounts and roles: write ${placeOf(config.assume.mainPath)}; assume config --help shows one`,
      ].join('\n'),
    },
  );
}

function placeOf(path: string | null): string {
  return path === null ? 'a file of your home directory, once HOME is set' : visible(path);
}
