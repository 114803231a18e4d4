import { AssumeError } from '../../src/errors.js';
import type { Host } from '../../src/host/host.js';

export interface FakeFiles {
  /** By path; `null` for a file that is there and cannot be read. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly platform?: NodeJS.Platform;
  readonly home?: string | null;
}

/** A host that has files and an environment, and nothing else. */
export function hostWith({
  files = {},
  env = {},
  platform = 'linux',
  home = '/home/jane',
}: FakeFiles): Host {
  const host: Pick<Host, 'env' | 'platform' | 'homeDirectory' | 'currentDirectory'> & {
    files: Pick<Host['files'], 'readText' | 'list'>;
  } = {
    env,
    platform,
    homeDirectory: home,
    currentDirectory: '/work',
    files: {
      readText: (path) => {
        const text = files[path];
        if (text === null) throw new AssumeError('CONFIG_UNREADABLE', `cannot read ${path}`);
        return text ?? null;
      },
      list: (directory) =>
        Object.keys(files)
          .filter((path) => path.slice(0, path.search(/[/\\][^/\\]*$/)) === directory)
          .map((path) => path.slice(directory.length + 1))
          .sort(),
    },
  };
  return host as Host;
}
