import { isAbsolute } from 'node:path';
import { splitCommandLine } from '../config/command-line.js';
import { redact } from '../credentials.js';
import { isAssumeError } from '../errors.js';
import type { Host, ProgramOutput } from '../host/host.js';
import { programOf, type ProcessSpec } from '../target/identity-spec.js';
import { ownEnvironment } from '../target/own-environment.js';
import { readProcessJson } from './credentials-json.js';
import type { Errand, IdentitySource } from './identity-source.js';
import { guarded, isInside } from './process-guard.js';
import { sourceFailure, type SourceProblem } from './source-failure.js';

/** A process may open a browser and wait for a person; where SDKs wait for us, for less than theirs. */
const PERSON_MS = 5 * 60_000;
const SDK_MS = 45_000;

/** More of what it said would hide what happened. */
const MOST_SAID = 2000;

const TRY_IT = 'run its command by itself to see why';

/**
 * Credentials that a program prints, run as the AWS CLI runs it: split into words, no shell, with our
 * terminal. Its stdin is ours where that is a terminal: what a script pipes in is for the target's
 * command. What it says is shown when it fails; what it prints, and its words, never.
 */
export const processCredentials: IdentitySource = {
  check(spec, errand) {
    if (spec.kind !== 'process' || !isInside(errand.host.env, spec)) return;
    throw sourceFailure(
      errand,
      'IDENTITY_INVALID',
      'its process runs assume, which would run it again',
      {
        hint: 'let the process get credentials without assume, or name the profile it reads as the source',
      },
    );
  },
  async read(spec, errand) {
    if (spec.kind !== 'process') return null;
    const words = wordsOf(spec, errand);
    const output = await run(spec, words, errand);
    requireSuccess(output, words, errand);
    const read = readProcessJson(output.stdout);
    if ('credentials' in read) return read.credentials;
    throw sourceFailure(errand, 'IDENTITY_INVALID', `its process ${read.problem}`, {
      hint: 'it has to print JSON with Version 1, AccessKeyId, SecretAccessKey, SessionToken and Expiration',
    });
  },
};

/**
 * What keeps its command line from being run, as far as that shows without running it; `null` when
 * nothing does.
 */
export function explainProcess({ command }: ProcessSpec, host: Host): SourceProblem | null {
  const words = splitCommandLine(command, host.platform);
  if (!words || words.length === 0) {
    const problem = words ? 'its command line is empty' : 'its command line has half a quote';
    return { problem, hint: 'correct it there' };
  }
  const [program = ''] = words;
  return isAbsolute(program) && host.platform !== 'win32' && host.files.facts(program) === null
    ? notThere(program, command)
    : null;
}

function wordsOf(spec: ProcessSpec, errand: Errand): readonly string[] {
  const words = splitCommandLine(spec.command, errand.host.platform);
  if (words && words.length > 0) return words;
  const { problem, hint } = explainProcess(spec, errand.host) ?? { problem: '', hint: '' };
  throw sourceFailure(errand, 'CONFIG_INVALID', problem, { hint });
}

async function run(
  spec: ProcessSpec,
  [program = '', ...args]: readonly string[],
  errand: Errand,
): Promise<ProgramOutput> {
  const { host, options, lockWaitMs } = errand;
  const env = guarded(ownEnvironment(host.env), spec);
  try {
    return await host.processes.output(program, args, env, {
      timeoutMs: lockWaitMs === null ? PERSON_MS : SDK_MS,
      sharesStdin: host.terminal.stdinIsTerminal && !options['no-input'],
    });
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    const isThere = error.code !== 'NOT_FOUND';
    const { problem, hint } = (isThere ? notRunnable : notThere)(program, spec.command);
    throw sourceFailure(errand, 'CONFIG_INVALID', problem, { hint });
  }
}

const NO_SHELL = 'no shell reads the line, so ~ and $HOME stand for themselves';

function notThere(program: string, command: string): SourceProblem {
  return isPath(program)
    ? {
        problem: `there is no file ${shown(program, command)}`,
        hint: `correct its path; ${NO_SHELL}`,
      }
    : {
        problem: `${shown(program, command)} is nowhere on PATH`,
        hint: `write its absolute path; ${NO_SHELL}`,
      };
}

function notRunnable(program: string, command: string): SourceProblem {
  return {
    problem: `${shown(program, command)} is no program that may be run`,
    hint: isPath(program)
      ? 'name a file that is a program, and may be executed: see ls -l'
      : `write its absolute path; ${NO_SHELL}`,
  };
}

const isPath = (program: string): boolean => /[/\\]/.test(program);

/** Not the word itself where it is no plain path or name: of a line such as TOKEN=… it is a secret. */
function shown(program: string, command: string): string {
  if (isAbsolute(program) && /^[\w.+ /\\:-]+$/.test(program)) return program;
  return programOf(command) || 'its process';
}

function requireSuccess(output: ProgramOutput, words: readonly string[], errand: Errand): void {
  const problem = problemOf(output);
  if (problem === null) return;
  const said = redact(withoutWords(output.stderr.trim().slice(-MOST_SAID), words));
  throw sourceFailure(
    errand,
    'IDENTITY_INVALID',
    said === '' ? `its process ${problem}` : `its process ${problem}; it said:\n${said}`,
    { hint: TRY_IT },
  );
}

function problemOf({ end }: ProgramOutput): string | null {
  if (end === 'too long') return 'did not end in time';
  if (end === 'too much') return 'printed more than 1 MiB';
  if ('signal' in end) return `was killed by ${end.signal}`;
  return end.status === 0 ? null : `ended with status ${String(end.status)}`;
}

/** What it said without its arguments, any of which may be a secret. */
function withoutWords(said: string, [, ...args]: readonly string[]): string {
  const parts = args.flatMap((word) => [word, ...word.split('=').slice(1)]);
  const telling = parts.filter((part) => part.length > 5).sort((a, b) => b.length - a.length);
  return telling.reduce((text, part) => text.replaceAll(part, '[argument]'), said);
}
