import { AssumeError } from './errors.js';
import {
  COMMANDS,
  isCommandName,
  OPTIONS,
  RESERVED,
  type CommandName,
  type OptionName,
  type OptionShape,
} from './grammar.js';

type OptionValue<Shape extends OptionShape> = Shape extends 'flag'
  ? true
  : Shape extends 'value'
    ? string
    : readonly string[];

export type Options = { readonly [Name in OptionName]?: OptionValue<(typeof OPTIONS)[Name]> };

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
