import { Command, Option } from 'commander';
import { COMMANDS, OPTIONS, type CommandName, type OptionName } from './grammar.js';
import { COMMAND_ROWS } from './commands/commands.js';
import { formatConfigHelp } from './commands/config-help.js';
import { OPTION_HELP } from './commands/options.js';

/** Commander's own choice. */
const USUAL_COLUMNS = 80;

const PROGRAM_EXAMPLES = ['assume prod-role', 'assume prod-role -- aws s3 ls'];

/**
 * The help of the program, or of one of its commands, as commander lays it out.
 *
 * @param columns - How wide it may be; `null` where no terminal shows it.
 */
export function formatHelp(name: CommandName | null, columns: number | null): string {
  const program = makeProgram(columns);
  const command = program.commands.find((candidate) => candidate.name() === name);
  const lines = name === null ? PROGRAM_EXAMPLES : COMMAND_ROWS[name].examples;
  const examples = lines.map((line) => `  ${line}`).join('\n');
  const notes = name === 'config' ? `\n${formatConfigHelp()}` : '';
  return `${(command ?? program).helpInformation()}${notes}\nExamples:\n${examples}\n`;
}

/** The commander program: every command and option declared, from the same tables that are run. */
function makeProgram(columns: number | null): Command {
  const program = new Command('assume')
    .usage('[TARGET] [options] [-- COMMAND…]')
    .description(
      'Switch into AWS roles of other accounts: one MFA code, then every role is one word away.',
    )
    .option('--version', 'print the version')
    .helpCommand(false)
    // Commander would ask `process.stdout`, which takes longer to make than all of this.
    .configureOutput({
      getOutHelpWidth: () => columns ?? USUAL_COLUMNS,
      getOutHasColors: () => false,
    });
  for (const name of Object.keys(COMMAND_ROWS) as CommandName[]) {
    program.addCommand(makeCommand(name).copyInheritedSettings(program));
  }
  return program;
}

function makeCommand(name: CommandName): Command {
  const row = COMMAND_ROWS[name];
  const command = new Command(name)
    .usage(`${row.operands} [options]`.trim())
    .description(row.summary);
  for (const option of COMMANDS[name].options) command.addOption(makeOption(option));
  return command;
}

function makeOption(name: OptionName): Option {
  const [value, text] = OPTION_HELP[name];
  return new Option(OPTIONS[name] === 'flag' ? `--${name}` : `--${name} <${value}>`, text);
}
