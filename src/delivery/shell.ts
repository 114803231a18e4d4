import type { Request } from '../argv.js';
import { COMMANDS, OPTIONS, RESERVED } from '../grammar.js';
import type { Answer, Assumption } from '../assumption.js';
import { findDialect } from '../dialect/dialects.js';
import { hookScript } from '../dialect/hook.js';
import type { HookGrammar } from '../dialect/hook-grammar.js';
import { subshellStart } from '../dialect/subshell.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { attempt } from '../store/attempt.js';
import { ONE_SHOT_MARGIN_MS } from '../store/freshness.js';
import { findMemoryDirectory } from '../store/memory-directory.js';
import { rememberTarget } from '../store/recent-targets.js';
import { sayOnce } from '../store/say-once.js';
import { visible } from '../visible.js';
import { CHANGED_VARIABLES, makeVariables, withVariables } from './aws-environment.js';
import type { Delivery } from './delivery.js';
import { formatScript } from './export.js';
import { makeShellVariables } from './shell-variables.js';
import { formatSwitch } from './switch-line.js';

/** Makes a shell belong to the target: the calling one where its hook is there, else a new one. */
export const shellDelivery: Delivery = {
  name: 'shell',
  manner: (host) => ({
    renews: hookedShell(host) !== null || hookFor(userShell(host)) !== null,
    marginMs: ONE_SHOT_MARGIN_MS,
    lockWaitMs: null,
    mayPick: true,
  }),
  check: (_request, host) => {
    if (hookedShell(host) !== null) return;
    if (userShell(host) !== '') return;
    throw new AssumeError('USAGE', 'SHELL is not set, so there is no shell to open', {
      hint: 'run one command with assume TARGET -- COMMAND',
    });
  },
  deliver: async (assumption, request, host) => {
    if (hookedShell(host) === null && !host.terminal.stdinIsTerminal) throw wouldReadOthersInput();
    const answer = await assumption.source();
    attempt(host, 'remember the target', () => {
      rememberTarget(host, assumption.shown.name);
    });
    if (!request.options.quiet) {
      host.stderr(formatSwitch(assumption.shown, answer, host));
    }
    return hookedShell(host) === null
      ? openSubshell(assumption, answer, request, host)
      : changeShell(assumption, answer, request, host);
  },
};

/** A script on stdin would go on in the new shell, as the target. */
function wouldReadOthersInput(): AssumeError {
  return new AssumeError(
    'USAGE',
    'stdin is no terminal: a new shell would run what comes from there',
    {
      hint: 'in a script: assume exec TARGET -- COMMAND, or eval "$(assume export TARGET --shell sh)"',
    },
  );
}

/** The calling shell's name when our function called us; `null` otherwise. */
export function hookedShell(host: Host): string | null {
  const shell = host.env['ASSUME_SHELL'];
  return shell !== undefined && host.env['ASSUME_HOOK'] !== undefined ? shell : null;
}

/** The hook's text for a shell; `null` for a shell that has none. */
export function hookFor(shell: string): string | null {
  const dialect = findDialect(shell);
  return dialect ? hookScript(dialect.name, hookGrammar()) : null;
}

/** What a shell's function and completion have to know of us. */
export function hookGrammar(): HookGrammar {
  const withShape = (isFlag: boolean): string[] =>
    Object.entries(OPTIONS).flatMap(([name, shape]) =>
      (shape === 'flag') === isFlag ? [`--${name}`] : [],
    );
  return {
    commands: [...Object.keys(COMMANDS), ...RESERVED],
    optionsWithValue: withShape(false),
    flags: withShape(true),
    variables: CHANGED_VARIABLES,
  };
}

function changeShell(assumption: Assumption, answer: Answer, request: Request, host: Host): number {
  const dialect = findDialect(hookedShell(host) ?? '');
  if (!dialect) {
    throw new AssumeError('USAGE', 'ASSUME_SHELL names no shell that is known', {
      hint: 'unset ASSUME_SHELL ASSUME_HOOK, and load the hook anew: assume hook --help',
    });
  }
  const pid = host.env['ASSUME_HOOK'] ?? null;
  const variables = {
    ...makeVariables(assumption, answer, host.env),
    ...makeShellVariables(assumption, answer, request, host.env, host.now(), pid),
  };
  const {
    ASSUME_SHELL: _shell,
    ASSUME_HOOK: _hook,
    ASSUME_RENEWAL: _renewal,
    ...shown
  } = variables;
  host.stdout(formatScript(dialect, shown));
  return 0;
}

async function openSubshell(
  assumption: Assumption,
  answer: Answer,
  request: Request,
  host: Host,
): Promise<number> {
  const shell = userShell(host);
  const hook = hookFor(shell);
  const directory = startDirectory(host);
  const start = subshellStart(shell, directory ?? '', hook, host.env['ZDOTDIR']);
  const isReady = directory !== null && placeFiles(host, directory, start.files);
  const variables = {
    ...makeVariables(assumption, answer, host.env),
    ...makeShellVariables(assumption, answer, request, host.env, host.now(), null),
    ...(isReady ? start.env : {}),
  };
  if (!request.options.quiet) suggestHook(host, shell, hook);
  const args = isReady ? start.args : ['-i'];
  const env = withVariables(host.env, variables);
  return host.processes.endAs(await host.processes.run(start.command, args, env));
}

function userShell(host: Host): string {
  return host.env['SHELL'] ?? (host.platform === 'win32' ? 'powershell.exe' : '');
}

function startDirectory(host: Host): string | null {
  const state = ownDirectory(host, 'state') ?? findMemoryDirectory(host).path;
  return state === null ? null : `${state}/shell`;
}

/** A shell that lacks its start files is opened without its mark. */
function placeFiles(
  host: Host,
  directory: string,
  files: Readonly<Record<string, string>>,
): boolean {
  try {
    host.files.makePrivateDirectory(directory);
    for (const [name, text] of Object.entries(files)) {
      const path = `${directory}/${name}`;
      if (host.files.readText(path) !== text) host.files.writePrivate(path, text);
    }
    return true;
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    host.stderr(`assume: the prompt will not be marked: ${error.message}\n`);
    return false;
  }
}

function suggestHook(host: Host, shell: string, hook: string | null): void {
  const dialect = findDialect(shell);
  if (hook === null || !dialect) return;
  const line = dialect.usage(`assume hook ${dialect.name}`);
  sayOnce(
    host,
    'hook',
    dialect.name,
    `this is a new ${visible(dialect.name)}; to switch in the same one, add to its start file: ${line}`,
  );
}
