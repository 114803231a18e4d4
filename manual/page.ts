import { COMMAND_ROWS } from '../src/commands/commands.js';
import { sectionsOf } from '../src/commands/config-help.js';
import { OPTION_HELP } from '../src/commands/options.js';
import { SCHEMA } from '../src/config/assume-schema.js';
import {
  ANYWHERE,
  COMMANDS,
  CREDENTIAL,
  OPTIONS,
  type CommandName,
  type OptionName,
} from '../src/grammar.js';
import { ENVIRONMENT, EXIT_STATUSES, FILES } from './facts.js';
import { chapter, entry, lines, paragraph, section } from './roff.js';

const NAMES = Object.keys(COMMANDS) as CommandName[];

/** The man page assume(1), from the tables that the program itself is made of. */
export function formatPage(version: string): string {
  const chapters = [
    `.TH ASSUME 1 "" "assume\\-cli ${version}" "User Commands"`,
    chapter('NAME', 'assume \\- switch into AWS roles of other accounts'),
    chapter(
      'SYNOPSIS',
      lines(
        'assume [TARGET | -] [options]',
        'assume TARGET [options] -- COMMAND…',
        'assume COMMAND [options]',
      ),
    ),
    chapter('DESCRIPTION', ...DESCRIPTION.map(paragraph)),
    chapter('COMMANDS', ...NAMES.map(formatCommand)),
    formatOptions(),
    chapter('ENVIRONMENT', ...ENVIRONMENT.map(([name, text]) => entry(name, '', text))),
    chapter('FILES', ...FILES.map(([path, text]) => entry(path, '', text))),
    formatKeys(),
    chapter('EXIT STATUS', ...EXIT_STATUSES.map(([status, text]) => entry(status, '', text))),
    chapter('EXAMPLES', ...NAMES.map((name) => lines(...COMMAND_ROWS[name].examples))),
    chapter('SEE ALSO', paragraph('aws(1), and the README of assume-cli')),
  ];
  return `${chapters.join('\n')}\n`;
}

const DESCRIPTION = [
  'assume switches you from one shared AWS account into a role of any other: one MFA code, then every role is one word away. Every profile of the files of AWS is a target, and so is every role of every account in assume.ini, an ARN, and ACCOUNT/ROLE.',
  'Alone with a target it makes the shell belong to it: the calling one where the hook is loaded (assume hook), else a new one. Without a target it lets you pick one; - is the last other target on this terminal. A target whose name is that of a command is reached with assume switch.',
];

function formatCommand(name: CommandName): string {
  const { summary, operands } = COMMAND_ROWS[name];
  const takes = takenBy(COMMANDS[name].options);
  return entry(
    `assume ${name}`,
    operands,
    takes === '' ? `${summary}.` : `${summary}. Takes ${takes}.`,
  );
}

/** The options of one command beside those that all have. */
function takenBy(options: readonly OptionName[]): string {
  const isWhole = CREDENTIAL.every((option) => options.includes(option));
  const named = options.filter(
    (option) => !isOf(ANYWHERE, option) && !(isWhole && isOf(CREDENTIAL, option)),
  );
  const words = named.map((option) => `--${option}`);
  return [...(isWhole ? ['the options of credentials'] : []), ...words].join(', ');
}

const isOf = (names: readonly OptionName[], option: OptionName): boolean => names.includes(option);

function formatOptions(): string {
  const all = Object.keys(OPTIONS) as OptionName[];
  const others = all.filter((option) => !isOf(ANYWHERE, option) && !isOf(CREDENTIAL, option));
  return chapter(
    'OPTIONS',
    paragraph(
      'They stand before or after the target, and end at -- or at the command that is to be run.',
    ),
    section('Of every command', ...ANYWHERE.map(formatOption), ...GENERAL),
    section('Of credentials', ...CREDENTIAL.map(formatOption)),
    section('Of single commands', ...others.map(formatOption)),
  );
}

const GENERAL = [
  entry('--help', '', 'explain the command'),
  entry('--version', '', 'print the version'),
];

function formatOption(name: OptionName): string {
  const [value, text] = OPTION_HELP[name];
  return entry(`--${name}`, value, text);
}

function formatKeys(): string {
  const rows = Object.entries(SCHEMA).map(([key, setting]) =>
    entry(key, `(${sectionsOf(setting)})`, setting.description),
  );
  return chapter(
    'ASSUME.INI',
    paragraph('Its keys, with the sections that may hold each; what it means:'),
    ...rows,
  );
}
