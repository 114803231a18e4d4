import { describe, expect, it } from 'vitest';
import { assumeLocation, awsLocations } from '../../src/config/locations.js';

type Env = Record<string, string>;
type Row = [
  about: string,
  platform: NodeJS.Platform,
  env: Env,
  home: string | null,
  ...paths: (string | null)[],
];

const where = (platform: NodeJS.Platform, env: Env, homeDirectory: string | null) => ({
  platform,
  env,
  homeDirectory,
  currentDirectory: platform === 'win32' ? 'C:\\work' : '/work',
});

const AWS: Row[] = [
  [
    'HOME',
    'linux',
    { HOME: '/h', USERPROFILE: '/no', HOMEDRIVE: '/', HOMEPATH: 'no' },
    '/no',
    '/h/.aws/config',
    '/h/.aws/credentials',
  ],
  [
    'the system without HOME',
    'linux',
    { USERPROFILE: '/no' },
    '/s',
    '/s/.aws/config',
    '/s/.aws/credentials',
  ],
  [
    'the system with a blank HOME',
    'darwin',
    { HOME: '' },
    '/s',
    '/s/.aws/config',
    '/s/.aws/credentials',
  ],
  ['nothing', 'linux', {}, null, null, null],
  [
    'HOME on Windows',
    'win32',
    { HOME: 'C:\\h', USERPROFILE: 'C:\\no' },
    'C:\\no',
    'C:\\h\\.aws\\config',
    'C:\\h\\.aws\\credentials',
  ],
  [
    'USERPROFILE',
    'win32',
    { USERPROFILE: 'C:\\u', HOMEDRIVE: 'C:', HOMEPATH: '\\no' },
    'C:\\no',
    'C:\\u\\.aws\\config',
    'C:\\u\\.aws\\credentials',
  ],
  [
    'HOMEDRIVE and HOMEPATH',
    'win32',
    { HOMEDRIVE: 'C:', HOMEPATH: '\\u' },
    'C:\\no',
    'C:\\u\\.aws\\config',
    'C:\\u\\.aws\\credentials',
  ],
  [
    'HOMEDRIVE alone',
    'win32',
    { HOMEDRIVE: 'C:' },
    'C:\\s',
    'C:\\s\\.aws\\config',
    'C:\\s\\.aws\\credentials',
  ],
  [
    'AWS_CONFIG_FILE',
    'linux',
    { HOME: '/h', AWS_CONFIG_FILE: '/o/c' },
    null,
    '/o/c',
    '/h/.aws/credentials',
  ],
  [
    'AWS_SHARED_CREDENTIALS_FILE',
    'linux',
    { HOME: '/h', AWS_SHARED_CREDENTIALS_FILE: '/o/c' },
    null,
    '/h/.aws/config',
    '/o/c',
  ],
  [
    'a blank variable',
    'linux',
    { HOME: '/h', AWS_CONFIG_FILE: '' },
    null,
    '/h/.aws/config',
    '/h/.aws/credentials',
  ],
  ['a variable without a home', 'linux', { AWS_CONFIG_FILE: '/o/c' }, null, '/o/c', null],
  ['a tilde', 'linux', { HOME: '/h', AWS_CONFIG_FILE: '~/c' }, null, '/h/c', '/h/.aws/credentials'],
  ['a tilde without a home', 'linux', { AWS_CONFIG_FILE: '~/c' }, null, '/work/~/c', null],
  [
    "someone else's tilde",
    'linux',
    { HOME: '/h', AWS_CONFIG_FILE: '~joe/c' },
    null,
    '/work/~joe/c',
    '/h/.aws/credentials',
  ],
  [
    'variables in a variable',
    'linux',
    { HOME: '/h', AWS_CONFIG_FILE: '$HOME/${X}/$NO/$constructor', X: 'x' },
    null,
    '/h/x/$NO/$constructor',
    '/h/.aws/credentials',
  ],
  [
    'a relative path',
    'linux',
    { HOME: '/h', AWS_CONFIG_FILE: '../c' },
    null,
    '/c',
    '/h/.aws/credentials',
  ],
  [
    'a path on Windows',
    'win32',
    { HOME: 'C:\\h', AWS_CONFIG_FILE: '~\\c' },
    null,
    'C:\\h\\c',
    'C:\\h\\.aws\\credentials',
  ],
  [
    'a relative path on Windows',
    'win32',
    { HOME: 'C:\\h', AWS_CONFIG_FILE: 'x/c' },
    null,
    'C:\\work\\x\\c',
    'C:\\h\\.aws\\credentials',
  ],
];

const ASSUME: Row[] = [
  ['HOME', 'linux', { HOME: '/h' }, null, '/h/.config/assume/assume.ini'],
  ['HOME on macOS', 'darwin', { HOME: '/h' }, null, '/h/.config/assume/assume.ini'],
  ['nothing', 'linux', {}, null, null],
  ['XDG_CONFIG_HOME', 'linux', { HOME: '/h', XDG_CONFIG_HOME: '/x' }, null, '/x/assume/assume.ini'],
  [
    'XDG_CONFIG_HOME without a home',
    'linux',
    { XDG_CONFIG_HOME: '/x' },
    null,
    '/x/assume/assume.ini',
  ],
  [
    'a relative XDG_CONFIG_HOME, ignored',
    'linux',
    { HOME: '/h', XDG_CONFIG_HOME: 'x' },
    null,
    '/h/.config/assume/assume.ini',
  ],
  [
    'a blank XDG_CONFIG_HOME',
    'linux',
    { HOME: '/h', XDG_CONFIG_HOME: '' },
    null,
    '/h/.config/assume/assume.ini',
  ],
  [
    'ASSUME_CONFIG',
    'linux',
    { HOME: '/h', XDG_CONFIG_HOME: '/x', ASSUME_CONFIG: '/o/a.ini' },
    null,
    '/o/a.ini',
  ],
  [
    'ASSUME_CONFIG with a tilde',
    'linux',
    { HOME: '/h', ASSUME_CONFIG: '~/a.ini' },
    null,
    '/h/a.ini',
  ],
  [
    'a relative ASSUME_CONFIG',
    'linux',
    { HOME: '/h', ASSUME_CONFIG: 'a.ini' },
    null,
    '/work/a.ini',
  ],
  [
    'a blank ASSUME_CONFIG',
    'linux',
    { HOME: '/h', ASSUME_CONFIG: '' },
    null,
    '/h/.config/assume/assume.ini',
  ],
  [
    'APPDATA',
    'win32',
    { USERPROFILE: 'C:\\u', APPDATA: 'C:\\u\\R' },
    null,
    'C:\\u\\R\\assume\\assume.ini',
  ],
  [
    'Windows without APPDATA',
    'win32',
    { USERPROFILE: 'C:\\u' },
    null,
    'C:\\u\\AppData\\Roaming\\assume\\assume.ini',
  ],
  [
    'APPDATA elsewhere, ignored',
    'linux',
    { HOME: '/h', APPDATA: '/r' },
    null,
    '/h/.config/assume/assume.ini',
  ],
];

describe("AWS's files", () => {
  it.each(AWS)('are found by %s', (_, platform, env, home, config, credentials) => {
    expect(awsLocations(where(platform, env, home))).toEqual({ config, credentials });
  });
});

describe("assume's own file", () => {
  it.each(ASSUME)('is found by %s', (_, platform, env, home, path) => {
    expect(assumeLocation(where(platform, env, home))).toBe(path);
  });
});
