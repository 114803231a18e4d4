import type { Options } from '../argv.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { commandEnvironment } from '../store/command-chain.js';
import type { PlannedTarget } from '../plan/plan.js';
import type { SpentCodes } from '../store/spent-codes.js';
import { formatOrigin, type Given, type Identity } from '../target/target.js';
import { visible } from '../visible.js';

/** How long a user's command may take to print a code: a hardware key may wait for a touch. */
const COMMAND_MS = 30_000;
const STEP_MS = 30_000;

/** Where MFA codes come from, in one run. */
export interface CodeSource {
  /**
   * The next code for the device: six digits that were not sent before.
   *
   * @throws AssumeError MFA_NEEDED when nothing can give one; CANCELLED when the user gives up.
   */
  next(serial: string): Promise<string>;
  /** Another code can be had after a refusal. */
  readonly canAskAgain: boolean;
}

/** What decides where codes come from. */
export interface CodeSettings {
  readonly host: Host;
  readonly identity: Identity;
  readonly options: Options;
  readonly spent: SpentCodes;
  /** The words of `assume login` that would have spared the code; `null` where none would. */
  readonly login: string | null;
}

/**
 * Codes in the order of who has to do the least: one line of stdin when the flag says so, the
 * variable, the user's own command, else a hidden prompt on the terminal.
 */
export function openCodeSource(settings: CodeSettings): CodeSource {
  const { host, identity, options, spent } = settings;
  if (options['mfa-code'] === '-') {
    // Read whether or not a code is needed: the rest of stdin is the child's.
    const line = host.readStdinLine();
    return {
      next: async (serial) => Promise.resolve(codeOfStdin(line, spent, serial)),
      canAskAgain: false,
    };
  }
  let variable = host.env['ASSUME_MFA_CODE'];
  const command = identity.mfaCommand;
  const next = async (serial: string): Promise<string> => {
    const given = variable;
    variable = undefined;
    if (given !== undefined && given !== '') {
      const code = parseCode(given, 'ASSUME_MFA_CODE');
      if (!spent.has(serial, code)) return code;
      if (command === null && !mayAsk(settings)) throw spentVariable();
    }
    return command === null ? askCode(settings, serial) : runCommand(settings, command, serial);
  };
  return {
    next,
    get canAskAgain() {
      return command !== null || mayAsk(settings);
    },
  };
}

/** What to type at a terminal so that the next run needs no code; `null` where each takes its own. */
export function loginFor({ plan, target }: PlannedTarget): string | null {
  if (plan.signer === 'keys-and-code') return null;
  const { name, source } = target.identity;
  const words = source.value.kind === 'environment' ? 'assume login' : `assume login ${name}`;
  return visible(plan.mfaMaxAgeSeconds === null ? words : `${words} --refresh`);
}

/**
 * The same for a run that has no child: nothing is read, of stdin either, before a code is needed, so
 * that each code that is needed takes a line of its own.
 */
export function openCodeSourceLate(settings: CodeSettings): CodeSource {
  let opened: CodeSource | null = null;
  const open = (): CodeSource => (opened ??= openCodeSource(settings));
  return {
    next: (serial) => open().next(serial),
    get canAskAgain() {
      return open().canAskAgain;
    },
  };
}

/** Six digits, however they are spaced. @throws AssumeError MFA_NEEDED for anything else. */
export function parseCode(text: string, source: string): string {
  const code = text.replace(/\s/g, '');
  if (/^[0-9]{6}$/.test(code)) return code;
  throw new AssumeError('MFA_NEEDED', `${source} gave no MFA code`, {
    hint: 'a code is the six digits that the device shows, and nothing else',
  });
}

function codeOfStdin(line: string | null, spent: SpentCodes, serial: string): string {
  if (line === null)
    throw new AssumeError('MFA_NEEDED', 'stdin ended before an MFA code', {
      hint: 'write: echo CODE | assume … --mfa-code -',
    });
  const code = parseCode(line, 'stdin');
  if (!spent.has(serial, code)) return code;
  throw new AssumeError('MFA_NEEDED', 'the MFA code on stdin was used already', {
    hint: 'AWS takes each code once: wait up to 30 seconds for the next one',
  });
}

async function askCode(settings: CodeSettings, serial: string): Promise<string> {
  const { host, identity, spent } = settings;
  if (!mayAsk(settings)) throw nobodyToAsk(settings, serial);
  const device = visible(serial.replace(/^arn:[^/]*\//, ''));
  for (;;) {
    const text = await host.terminal.askHidden(
      `MFA code of ${device} for ${visible(identity.name)}:`,
    );
    const code = text.replace(/\s/g, '');
    if (!/^[0-9]{6}$/.test(code)) host.stderr('assume: a code is six digits\n');
    else if (!spent.has(serial, code)) return code;
    else host.stderr('assume: that code was used already; wait for the next one\n');
  }
}

async function runCommand(
  { host, spent }: CodeSettings,
  command: Given<string>,
  serial: string,
): Promise<string> {
  const code = await captureCode(host, command);
  if (!spent.has(serial, code)) return code;
  await host.sleep(STEP_MS - (host.now().getTime() % STEP_MS));
  const later = await captureCode(host, command);
  if (!spent.has(serial, later)) return later;
  throw new AssumeError('MFA_NEEDED', 'mfa_command printed a code that was used already, twice', {
    hint: 'AWS takes each code once: it has to print that of the present 30 seconds',
  });
}

async function captureCode(host: Host, command: Given<string>): Promise<string> {
  const env = commandEnvironment(host);
  let text: string;
  try {
    text = await host.processes.capture(command.value, COMMAND_MS, env);
  } catch (cause) {
    if (!isAssumeError(cause)) throw cause;
    const place = formatOrigin(command.origin);
    throw new AssumeError('MFA_NEEDED', `mfa_command (${place}) gave no code: ${cause.message}`, {
      cause,
      hint: cause.hint,
    });
  }
  return parseCode(text, `mfa_command (${formatOrigin(command.origin)})`);
}

function mayAsk({ host, options }: CodeSettings): boolean {
  return !options['no-input'] && host.terminal.canAsk;
}

function nobodyToAsk(
  { host, identity, options, login }: CodeSettings,
  serial: string,
): AssumeError {
  const why = options['no-input'] ? '--no-input is given' : host.terminal.whyNot;
  const wanted = `an MFA code of ${visible(serial)} is needed for ${visible(identity.name)}`;
  return new AssumeError('MFA_NEEDED', `${wanted}, and ${why}`, {
    hint: `any of these would have answered: ${login === null ? '' : `${login} in a terminal, `}ASSUME_MFA_CODE, --mfa-code -, mfa_command in assume.ini`,
  });
}

function spentVariable(): AssumeError {
  return new AssumeError('MFA_NEEDED', 'the code in ASSUME_MFA_CODE was used already', {
    hint: 'AWS takes each code once: wait up to 30 seconds for the next one',
  });
}
