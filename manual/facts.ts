/** What the exit status tells: the README's table. */
export const EXIT_STATUSES: readonly (readonly [status: string, meaning: string])[] = [
  ['0', "done, or the child's own status"],
  ['1', 'anything not below'],
  ['2', 'usage'],
  ['3', 'configuration wrong or unreadable'],
  ['4', 'target unknown or ambiguous'],
  ['5', 'MFA needed and not to be had, or refused'],
  ['6', 'AWS refused'],
  ['7', 'AWS not reached, or another process held the work too long'],
  ['8', 'secure store unavailable or locked'],
  ['126, 127, 128+n', 'as a shell gives'],
  ['130', 'cancelled'],
];

/** Files and directories, as they are called where no variable moves them. */
export const FILES: readonly (readonly [path: string, text: string])[] = [
  [
    '~/.aws/config, ~/.aws/credentials',
    "AWS's own files, each profile of which is a target; AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name others",
  ],
  [
    '~/.config/assume/assume.ini',
    'the catalogue and the settings; below $XDG_CONFIG_HOME, or %APPDATA% on Windows',
  ],
  ['~/.config/assume/conf.d/*.ini', 'more of it, in the order of their names'],
  ['~/.cache/assume', 'sessions, encrypted, and indexes; below $XDG_CACHE_HOME'],
  [
    '~/.local/state/assume',
    'long-term keys, encrypted, locks and what was learned; below $XDG_STATE_HOME',
  ],
  [
    '$XDG_RUNTIME_DIR/assume, /dev/shm/assume-UID',
    'sessions in memory, where there is nothing to encrypt them with',
  ],
];

/** The variables that people set. */
export const ENVIRONMENT: readonly (readonly [name: string, text: string])[] = [
  ['ASSUME_CONFIG', 'path of assume.ini'],
  ['ASSUME_MFA_CODE', 'an MFA code, where nobody can be asked'],
  ['ASSUME_PASSPHRASE_FILE', 'a file that holds the passphrase of the store'],
  ['ASSUME_ENDPOINT_URL', 'where every AWS call goes, on this machine alone'],
  ['AWS_PROFILE', 'the profile to start from, where no identity is named'],
  ['AWS_REGION', 'where STS is called, if the identity names no region'],
  ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY', 'the proxy of every call'],
  ['NO_COLOR', 'no colours'],
];
