import { readArgv, type Options } from '../argv.js';
import type { AwsSection } from '../config/aws-file.js';
import { splitCommandLine } from '../config/command-line.js';
import { invalidValue, profileValue } from './profile-value.js';

/** By every name that it is installed under, and those that its executables are built by. */
const OURS = /^assume(-cli|-(linux|darwin|windows)-(x64|arm64)(-musl)?)?(\.cjs|\.cmd|\.exe)?$/;

/** Programs that run the words after them as they stand, and words that change nothing of that. */
const PASSES_ON = /^((env|command|exec|node|npx)(\.cmd|\.exe)?|-y|--yes|--)$/;

const SHELL = /^(ba|da|k|z)?sh$/;

/** What makes more of a shell's line than one command with its words. */
const SHELL_SYNTAX = /[|&;<>()$`\\*?[\]{}~#\n]/;

/**
 * The words after `credential-process` when the profile's process is this program; `null` for any
 * other profile. Such a profile is another name of that target, and is never run.
 */
export function aliasOf(profile: AwsSection): readonly string[] | null {
  return wordsForUs(profileValue(profile, 'credential_process')?.value ?? '');
}

/** What stands before an identity's name where a target is meant: `identity:shared`. */
export const IDENTITY_PREFIX = 'identity:';

/** The identity that such a target is; `null` for a target of any other form. */
export function identityIn(target: string): string | null {
  return target.startsWith(IDENTITY_PREFIX) ? target.slice(IDENTITY_PREFIX.length) : null;
}

/** What a profile stands for that only calls us. */
export interface Alias {
  readonly name: string;
  readonly options: Options;
}

/**
 * What such a profile asks us for; `null` for any other profile.
 *
 * @throws AssumeError CONFIG_INVALID with file and line where we would not take those words.
 */
export function readAlias(profile: AwsSection): Alias | null {
  const words = aliasOf(profile);
  if (!words) return null;
  const { request, problem } = readArgv(['credential-process', ...words]);
  const [name] = request.operands;
  if (problem === null && name !== undefined) return { name, options: request.options };
  throw invalidValue(profile, 'credential_process', problem?.message ?? 'it names no target');
}

/**
 * The same of a command line, by the rules of either platform: both agree on one that runs us. The
 * program may stand behind others that only start it; a variable or a command beside it could make
 * another target of it, and it is not recognised then.
 */
export function wordsForUs(commandLine: string): readonly string[] | null {
  for (const platform of ['linux', 'win32'] as const) {
    const words = wordsBehind(splitCommandLine(commandLine, platform) ?? []);
    if (words) return words;
  }
  return null;
}

function wordsBehind([program = '', ...rest]: readonly string[]): readonly string[] | null {
  const name = program.split(/[/\\]/).pop() ?? '';
  if (PASSES_ON.test(name)) return wordsBehind(rest);
  const [first = '', line = '', ...more] = rest;
  if (SHELL.test(name) && /^-[a-z]*c$/.test(first) && more.length === 0) {
    return SHELL_SYNTAX.test(line) ? null : wordsBehind(splitCommandLine(line, 'linux') ?? []);
  }
  return OURS.test(name) && first === 'credential-process' ? rest.slice(1) : null;
}
