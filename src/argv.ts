import { AssumeError } from './errors.js';
import { explainSyntax, misusedOption, unknownOption } from './explain-syntax.js';
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

/** What could be understood of a line, be it right or wrong. */
export interface Reading {
  /** Not to be run when there is a problem. */
  readonly request: Request;
  /** USAGE: the first thing that is wrong; `null` when nothing is. */
  readonly problem: AssumeError | null;
}

/**
 * Parses the words after the program's name. A bare target is `switch`, or `exec` when a command
 * line follows it.
 *
 * @throws AssumeError USAGE for an option or an operand that the command does not take.
 */
export function parseArgv(argv: readonly string[]): Request {
  const { request, problem } = readArgv(argv);
  if (problem) throw problem;
  return request;
}

/** The same without a throw: also of a wrong line it can be told which command was meant. */
export function readArgv(argv: readonly string[]): Reading {
  const scan = scanWords(argv);
  const { named, operands, child, options, version } = scan;
  const command = named ?? (child ? 'exec' : 'switch');
  const help = scan.help ? (named ? 'command' : 'program') : null;
  const request: Request = { command, operands, options, child, help, version };
  const isChecked = help === null && !version;
  const misuse = isChecked ? explainSyntax(request, named !== null) : null;
  return { request, problem: scan.problem ?? misuse };
}

interface Scan {
  named: CommandName | null;
  operands: string[];
  options: Record<string, true | string | string[]>;
  child: string[] | null;
  help: boolean;
  version: boolean;
  problem: AssumeError | null;
}

function scanWords(argv: readonly string[]): Scan {
  const scan: Scan = {
    named: null,
    operands: [],
    options: {},
    child: null,
    help: false,
    version: false,
    problem: null,
  };
  const words = argv.slice();
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      scan.child = words.splice(0);
    } else if (word.startsWith('-') && word !== '-') {
      const problem = takeOption(scan, word, words);
      scan.problem ??= problem;
    } else if (scan.named === null && scan.operands.length === 0 && isCommandName(word)) {
      scan.named = word;
    } else if (scan.named === null && scan.operands.length === 0 && RESERVED.includes(word)) {
      scan.help = word === 'help';
      if (!scan.help) return { ...scan, problem: scan.problem ?? reservedWord(word) };
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

/** @returns What is wrong with the option; `null` when nothing is. */
function takeOption(scan: Scan, word: string, rest: string[]): AssumeError | null {
  if (word === '--help' || word === '-h') {
    scan.help = true;
    return null;
  }
  if (word === '--version') {
    scan.version = true;
    return null;
  }
  const [name, attached] = splitOption(word);
  if (!word.startsWith('--') || !Object.hasOwn(OPTIONS, name)) {
    return unknownOption(word, scan.named);
  }
  const shape = OPTIONS[name as OptionName];
  if (shape === 'flag') {
    scan.options[name] = true;
    return attached === null ? null : misusedOption(`--${name} takes no value`, scan.named);
  }
  const value = attached ?? rest.shift();
  if (value === undefined) return misusedOption(`--${name} needs a value`, scan.named);
  const earlier = scan.options[name];
  if (shape === 'list') scan.options[name] = [...(Array.isArray(earlier) ? earlier : []), value];
  else if (earlier === undefined) scan.options[name] = value;
  else return misusedOption(`--${name} is given twice`, scan.named);
  return null;
}

function splitOption(word: string): [name: string, value: string | null] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word.slice(2), null] : [word.slice(2, equals), word.slice(equals + 1)];
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
