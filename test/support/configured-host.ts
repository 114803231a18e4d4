import { readConfig, type Config } from '../../src/config/config.js';
import { fakeHost, type FakeHost, type FakeHostOptions } from './fake-host.js';

export const AWS_CONFIG = '/home/jane/.aws/config';
export const AWS_CREDENTIALS = '/home/jane/.aws/credentials';
export const ASSUME_INI = '/home/jane/.config/assume/assume.ini';

/** The text of each of the user's files; one that is not named is absent. */
export interface UserFiles {
  readonly config?: string;
  readonly credentials?: string;
  readonly assume?: string;
}

/** A host whose user has these files, and what they say. */
export function configuredHost(
  texts: UserFiles,
  { env, files, ...options }: FakeHostOptions = {},
): { host: FakeHost; config: Config } {
  const places: [path: string, text: string | undefined][] = [
    [AWS_CONFIG, texts.config],
    [AWS_CREDENTIALS, texts.credentials],
    [ASSUME_INI, texts.assume],
  ];
  const written = places.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]]));
  const host = fakeHost({
    ...options,
    env: { HOME: '/home/jane', PATH: '/usr/bin:/bin', ...env },
    files: { ...(Object.fromEntries(written) as Record<string, string>), ...files },
  });
  return { host, config: readConfig(host) };
}

/** A profile's static keys, AWS's own examples. */
export const KEYS =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';
