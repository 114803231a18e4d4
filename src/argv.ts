import { AssumeError } from './errors.js';

/** How an option is written: alone, with one value, or with a value and as often as wanted. */
type OptionShape = 'flag' | 'value' | 'list';

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
  demo: 'flag',
} as const satisfies Record<string, OptionShape>;

export type OptionName = keyof typeof OPTIONS;

type OptionValue<Shape extends OptionShape> = Shape extends 'flag'
  ? true
  : Shape extends 'value'
    ? string
    : readonly string[];

export type Options = { readonly [Name in OptionName]?: OptionValue<(typeof OPTIONS)[Name]> };

const ANYWHERE = ['quiet', 'debug', 'no-input'] as const;

const CREDENTIAL = [
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
  login: syntax([0, 1], ['all', 'mfa-code', 'mfa-serial', 'refresh', 'endpoint-url']),
  logout: syntax([0, 1], ['all']),
  renew: syntax([0, 0], CREDENTIAL),
  leave: syntax([0, 0]),
  config: syntax([0, 1], ['json']),
  hook: syntax([1, 1]),
  sandbox: syntax([0, 2], ['demo']),
  doctor: syntax([0, 0], ['json', 'endpoint-url']),
} as const satisfies Record<string, Syntax>;

export type CommandName = keyof typeof COMMANDS;

/** Words kept for commands of later versions, so that no target comes to lean on them. */
export const RESERVED: readonly string[] =
  'identity console serve sync import each policy audit history sudo customer revoke pin map help'.split(
    ' ',
  );

/** What was typed, parsed; nothing looked up. */
export interface Request {
  readonly command: CommandName;
  readonly operands: readonly string[];
  readonly options: Options;
  /** The command line to run as the target; `null` when none was given. */
  readonly child: readonly string[] | null;
  /** `--help` was given: for this command, or for the program when no command was named. */
  readonly help: 'command' | 'program' | null;
  readonly version: boolean;
}

export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}

/**
 * Parses the words after the program's name. A bare target is `switch`, or `exec` when a command
 * line follows it.
 *
 * @throws AssumeError USAGE for an option or an operand that the command does not take.
 */
export function parseArgv(argv: readonly string[]): Request {
  const scan = scanWords(argv);
  const { named, operands, child, options } = scan;
  const command = named ?? (child ? 'exec' : 'switch');
  const help = scan.help ? (named ? 'command' : 'program') : null;
  const request: Request = { command, operands, options, child, help, version: scan.version };
  if (!scan.help && !scan.version) checkSyntax(request);
  return request;
}

interface Scan {
  named: CommandName | null;
  operands: string[];
  options: Record<string, true | string | string[]>;
  child: string[] | null;
  help: boolean;
  version: boolean;
}

function scanWords(argv: readonly string[]): Scan {
  const scan: Scan = {
    named: null,
    operands: [],
    options: {},
    child: null,
    help: false,
    version: false,
  };
  const words = argv.slice();
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      scan.child = words.splice(0);
    } else if (word.startsWith('-') && word !== '-') {
      takeOption(scan, word, words);
    } else if (scan.named === null && scan.operands.length === 0 && isCommandName(word)) {
      scan.named = word;
    } else if (scan.named === null && scan.operands.length === 0 && RESERVED.includes(word)) {
      if (word !== 'help') throw reservedWord(word);
      scan.help = true;
    } else if (startsChild(scan)) {
      scan.child = [word, ...words.splice(0)];
    } else {
      scan.operands.push(word);
    }
  }
  return scan;
}

function startsChild(scan: Scan): boolean {
  return scan.named !== null && COMMANDS[scan.named].child === 'direct' && scan.operands.length > 0;
}

function takeOption(scan: Scan, word: string, rest: string[]): void {
  if (word === '--help' || word === '-h') scan.help = true;
  else if (word === '--version') scan.version = true;
  else {
    const [name, attached] = splitOption(word);
    if (!word.startsWith('--') || !Object.hasOwn(OPTIONS, name)) {
      throw unknownOption(word, scan.named);
    }
    const shape = OPTIONS[name as OptionName];
    if (shape === 'flag') {
      if (attached !== null) throw misusedOption(`--${name} takes no value`, scan.named);
      scan.options[name] = true;
      return;
    }
    const value = attached ?? rest.shift();
    if (value === undefined) throw misusedOption(`--${name} needs a value`, scan.named);
    const earlier = scan.options[name];
    if (shape === 'list') scan.options[name] = [...(Array.isArray(earlier) ? earlier : []), value];
    else if (earlier === undefined) scan.options[name] = value;
    else throw misusedOption(`--${name} is given twice`, scan.named);
  }
}

function splitOption(word: string): [name: string, value: string | null] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word.slice(2), null] : [word.slice(2, equals), word.slice(equals + 1)];
}

function unknownOption(word: string, command: CommandName | null): AssumeError {
  return misusedOption(`unknown option ${word.split('=')[0] ?? word}`, command);
}

function misusedOption(problem: string, command: CommandName | null): AssumeError {
  return new AssumeError('USAGE', problem, {
    hint: `see: assume ${command ? `${command} ` : ''}--help`,
  });
}

function reservedWord(word: string): AssumeError {
  return new AssumeError(
    'USAGE',
    `"${word}" is kept for a command that this version does not have`,
    {
      hint: `a target of that name is reached with: assume switch ${word}`,
    },
  );
}

function checkSyntax(request: Request): void {
  const { command, operands, child, options } = request;
  const { operands: allowed, child: takesChild, options: known } = COMMANDS[command];
  const hint = `see: assume ${command} --help`;
  for (const name of Object.keys(options) as OptionName[]) {
    if (!known.includes(name)) {
      throw new AssumeError('USAGE', `assume ${command} does not take --${name}`, { hint });
    }
  }
  if (child !== null && takesChild === 'none') {
    throw new AssumeError('USAGE', `assume ${command} runs no command: nothing may follow --`, {
      hint,
    });
  }
  const [fewest, most] = allowed;
  if (operands.length < fewest) {
    throw new AssumeError('USAGE', `assume ${command} needs one more word`, { hint });
  }
  if (operands.length > most) throw tooManyOperands(request, most, hint);
  if (options['mfa-code'] !== undefined && options['mfa-code'] !== '-') {
    throw new AssumeError('USAGE', '--mfa-code takes only "-", which reads one line of stdin', {
      hint: 'a code in an argument can be seen by every user: echo CODE | assume … --mfa-code -',
    });
  }
}

function tooManyOperands(request: Request, most: number, hint: string): AssumeError {
  const { command, operands } = request;
  const extra = operands.slice(most).join(' ');
  return new AssumeError('USAGE', `assume ${command} does not know what to do with "${extra}"`, {
    hint:
      command === 'switch'
        ? `to run a command as ${operands[0] ?? 'TARGET'}: assume ${operands[0] ?? 'TARGET'} -- ${extra}`
        : hint,
  });
}
