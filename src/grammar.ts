/** How an option is written: alone, with one value, or with a value and as often as wanted. */
export type OptionShape = 'flag' | 'value' | 'list';

/** Every option there is. One grammar serves the scanner, the hooks, completion and `--help`. */
export const OPTIONS = {
  duration: 'value',
  region: 'value',
  'session-name': 'value',
  'external-id': 'value',
  'source-identity': 'value',
  'session-tag': 'list',
  'transitive-tag': 'list',
  policy: 'value',
  'policy-arn': 'list',
  'read-only': 'flag',
  'view-only': 'flag',
  'mfa-code': 'value',
  'mfa-serial': 'value',
  identity: 'value',
  'expect-account': 'value',
  refresh: 'flag',
  'no-cache': 'flag',
  'long-term': 'flag',
  'endpoint-url': 'value',
  'no-input': 'flag',
  quiet: 'flag',
  debug: 'flag',
  shell: 'value',
  format: 'value',
  profile: 'value',
  force: 'flag',
  json: 'flag',
  csv: 'flag',
  names: 'flag',
  all: 'flag',
  'device-code': 'flag',
  demo: 'flag',
  enroll: 'flag',
  delete: 'flag',
  key: 'value',
} as const satisfies Record<string, OptionShape>;

export type OptionName = keyof typeof OPTIONS;

/** Options of every command. */
export const ANYWHERE = ['quiet', 'debug', 'no-input'] as const;

/** Options of every command that gives credentials. */
export const CREDENTIAL = [
  'duration',
  'region',
  'session-name',
  'external-id',
  'source-identity',
  'session-tag',
  'transitive-tag',
  'policy',
  'policy-arn',
  'read-only',
  'view-only',
  'mfa-code',
  'mfa-serial',
  'identity',
  'expect-account',
  'refresh',
  'no-cache',
  'long-term',
  'endpoint-url',
] as const;

/** What may stand after a command's name. */
export interface Syntax {
  /** The fewest and the most operands. */
  readonly operands: readonly [fewest: number, most: number];
  /** `separated`: a command line may follow `--`; `direct`: or the first operand. */
  readonly child: 'none' | 'separated' | 'direct';
  readonly options: readonly OptionName[];
}

const syntax = (
  operands: readonly [number, number],
  options: readonly OptionName[] = [],
  child: Syntax['child'] = 'none',
): Syntax => ({ operands, child, options: [...options, ...ANYWHERE] });

/** The commands of this version, by name. */
export const COMMANDS = {
  switch: syntax([0, 1], CREDENTIAL, 'separated'),
  exec: syntax([0, 1], CREDENTIAL, 'direct'),
  export: syntax([0, 1], [...CREDENTIAL, 'shell', 'format']),
  write: syntax([0, 1], [...CREDENTIAL, 'profile', 'force']),
  'credential-process': syntax([1, 1], CREDENTIAL),
  plan: syntax([0, 1], [...CREDENTIAL, 'json']),
  list: syntax([0, Infinity], ['json', 'csv', 'names']),
  status: syntax([0, 0], ['json']),
  whoami: syntax([0, 0], ['json', 'region', 'endpoint-url']),
  login: syntax(
    [0, 1],
    ['all', 'mfa-code', 'mfa-serial', 'device-code', 'refresh', 'endpoint-url'],
  ),
  logout: syntax([0, 1], ['all', 'endpoint-url']),
  renew: syntax([0, 0], CREDENTIAL),
  leave: syntax([0, 0]),
  identity: syntax(
    [0, 2],
    [
      'json',
      'names',
      'refresh',
      'enroll',
      'delete',
      'key',
      'force',
      'mfa-code',
      'mfa-serial',
      'endpoint-url',
    ],
  ),
  config: syntax([0, 2], ['json', 'force']),
  hook: syntax([1, 1]),
  sandbox: syntax([0, 2], ['demo']),
  doctor: syntax([0, 0], ['json', 'endpoint-url']),
} as const satisfies Record<string, Syntax>;

export type CommandName = keyof typeof COMMANDS;

/** Words kept for commands of later versions, so that no target comes to lean on them. */
export const RESERVED: readonly string[] =
  'console serve sync import each policy audit history sudo customer revoke pin map help'.split(
    ' ',
  );

/** Tells whether a first word names a command of this version. */
export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}
