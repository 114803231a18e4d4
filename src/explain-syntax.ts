import { AssumeError } from './errors.js';
import { COMMANDS, OPTIONS, type CommandName, type OptionName } from './grammar.js';
import { nearestNames } from './nearest.js';

/** What was typed, as far as the grammar can judge it. */
interface Typed {
  readonly command: CommandName;
  readonly operands: readonly string[];
  readonly child: readonly string[] | null;
  readonly options: Readonly<Partial<Record<OptionName, unknown>>>;
}

/**
 * What is wrong with the words as the grammar has them; `null` when nothing is.
 *
 * @param isNamed - The command was typed. Otherwise the first word may be one that was mistyped.
 */
export function explainSyntax(typed: Typed, isNamed: boolean): AssumeError | null {
  const problem = explainUse(typed);
  return problem && !isNamed ? (mistypedCommand(typed) ?? problem) : problem;
}

/** @param word - As it was typed; what follows its `=` is not repeated: it may be a secret. */
export function unknownOption(word: string, command: CommandName | null): AssumeError {
  const option = word.split('=')[0] ?? word;
  return usage(`unknown option ${option}`, `${adviceFor(option)}${seeHelp(command)}`);
}

function adviceFor(option: string): string {
  if (/^-v$/i.test(option)) return 'nearest: --version; ';
  if (/^-[^-]$/.test(option)) return 'but for -h, options have only long names; ';
  const names = [...Object.keys(OPTIONS), 'help', 'version'].map((name) => `--${name}`);
  const [near] = nearestNames(option, names, 1);
  if (near) return `nearest: ${near}; `;
  return option.startsWith('--') ? '' : `a profile of that name is written profile:${option}; `;
}

export function misusedOption(problem: string, command: CommandName | null): AssumeError {
  return usage(problem, seeHelp(command));
}

function explainUse(typed: Typed): AssumeError | null {
  const { command, operands, child, options } = typed;
  const { operands: allowed, child: takesChild, options: known } = COMMANDS[command];
  const see = seeHelp(command);
  const foreign = (Object.keys(options) as OptionName[]).find((name) => !known.includes(name));
  if (foreign !== undefined) return usage(`assume ${command} does not take --${foreign}`, see);
  if (child !== null && takesChild === 'none') {
    return usage(`assume ${command} runs no command: nothing may follow --`, see);
  }
  const [fewest, most] = allowed;
  if (operands.length < fewest) return usage(`assume ${command} needs one more word`, see);
  if (operands.length > most) return tooManyOperands(typed, most);
  if (options['mfa-code'] === undefined || options['mfa-code'] === '-') return null;
  return usage(
    '--mfa-code takes only "-", which reads one line of stdin',
    'a code in an argument can be seen by every user: echo CODE | assume … --mfa-code -',
  );
}

/** The first word in the light of everything after it, which no bare target takes. */
function mistypedCommand({ operands, child }: Typed): AssumeError | null {
  const [word = '', ...rest] = operands;
  const near = nearestNames(word, Object.keys(COMMANDS));
  if (near.length === 0) return null;
  const asTarget = child === null && rest.length > 0 ? `\n${runAs(word, rest.join(' '))}` : '';
  return usage(`there is no command ${word}`, `nearest: ${near.join(', ')}${asTarget}`);
}

function tooManyOperands({ command, operands }: Typed, most: number): AssumeError {
  const extra = operands.slice(most).join(' ');
  return usage(
    `assume ${command} does not know what to do with "${extra}"`,
    command === 'switch' ? runAs(operands[0] ?? 'TARGET', extra) : seeHelp(command),
  );
}

const runAs = (target: string, child: string): string =>
  `to run a command as ${target}: assume ${target} -- ${child}`;

const seeHelp = (command: CommandName | null): string =>
  `see: assume ${command === null ? '' : `${command} `}--help`;

const usage = (problem: string, hint: string): AssumeError =>
  new AssumeError('USAGE', problem, { hint });
