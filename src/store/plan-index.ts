import type { Request } from '../argv.js';
import type { CommandName, OptionName } from '../grammar.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import type { ShownTarget } from '../plan/shown-target.js';
import type { Evidence } from './evidence.js';
import { parseRecord } from './json-record.js';

declare const ASSUME_BUILD: string;

/** How to open the store that the answer lies in, without asking anybody. */
export interface StoreDoor {
  readonly directory: string;
  /** The name of the key in the keychain, or the file that it is remembered in; `null` in clear. */
  readonly key: { readonly kind: 'keychain' | 'file'; readonly name: string } | null;
}

/** What a line that was typed once led to, and everything that decided it. */
export interface PlanRecord extends Evidence {
  /** The line, without the command that is run as the target. */
  readonly words: readonly string[];
  readonly renews: boolean;
  readonly mayPick: boolean;
  readonly store: StoreDoor;
  /** The entries that may hold the answer, the best first. */
  readonly names: readonly string[];
  /** The access key that it must have been made under. */
  readonly accessKeyId: string;
  readonly shown: ShownTarget;
}

/** By what a record is found again. */
export type Line = Pick<PlanRecord, 'words' | 'renews' | 'mayPick'>;

/** What the answer to a line may depend on and be remembered all the same. */
const SETTLED = new Set<string>([
  'duration',
  'region',
  'session-name',
  'source-identity',
  'session-tag',
  'transitive-tag',
  'policy-arn',
  'read-only',
  'view-only',
  'identity',
  'expect-account',
  'no-input',
  'quiet',
  'shell',
  'format',
] satisfies OptionName[]);

/** Commands that hand credentials over and need nothing else of the way to them. */
const REMEMBERED = new Set<CommandName>(['credential-process', 'export', 'exec', 'switch']);

/**
 * The line as it is found again; `null` for one that is to be thought through each time, such as
 * another's last target, or a request that says so.
 */
export function lineOf(
  { command, operands, options, child }: Request,
  argv: readonly string[],
  { renews, mayPick }: Pick<Line, 'renews' | 'mayPick'>,
): Line | null {
  const words = argv.slice(0, argv.length - (child?.length ?? 0));
  const isSettled = Object.keys(options).every((name) => SETTLED.has(name));
  const isNamed = operands[0] !== undefined && words.includes(operands[0]);
  if (!REMEMBERED.has(command) || !isSettled || !isNamed) return null;
  return { words, renews, mayPick };
}

/** In our cache. */
const DIRECTORY = 'plans';

/** Names of files end here on some disks: 255 bytes, with what is written beside them. */
const LONGEST_NAME = 200;

/** @returns The record of that line by this very build; `null` where there is none. */
export function readPlanRecord(
  host: Pick<Host, 'env' | 'homeDirectory' | 'platform'> & {
    files: Pick<Host['files'], 'readOwn'>;
  },
  line: Line,
): PlanRecord | null {
  const path = recordPath(host, line);
  const text = path === null ? null : host.files.readOwn(path);
  const { build, ...record } = (text === null ? null : parseRecord(text)) ?? {};
  if (build !== ASSUME_BUILD) return null;
  // Written whole, by this build, into a file that is ours alone: its form needs no proof.
  const found = record as unknown as PlanRecord;
  return textOf(found) === textOf(line) ? found : null;
}

/** More than anybody types in a year; a script that makes up names shall not fill the disk. */
const MOST_RECORDS = 1000;

/** Replaces it in one step. @throws AssumeError FAILED */
export function writePlanRecord(host: Host, record: PlanRecord): void {
  const path = recordPath(host, record);
  if (path === null) return;
  const directory = path.slice(0, path.lastIndexOf('/'));
  if (host.files.list(directory).length >= MOST_RECORDS) host.files.removeTree(directory);
  host.files.makePrivateDirectory(directory);
  host.files.writePrivate(path, JSON.stringify({ build: ASSUME_BUILD, ...record }));
}

const textOf = ({ words, renews, mayPick }: Line): string =>
  JSON.stringify([words, renews, mayPick]);

/** Forgets every line. @throws AssumeError FAILED */
export function forgetPlanRecords(host: Host): void {
  const directory = ownDirectory(host, 'cache');
  if (directory !== null) host.files.removeTree(`${directory}/${DIRECTORY}`);
}

/** `null` for a line that is too long, or where nothing can be kept. */
function recordPath(
  host: Pick<Host, 'env' | 'homeDirectory' | 'platform'>,
  { words, mayPick }: Line,
): string | null {
  const directory = ownDirectory(host, 'cache');
  const name = encodeURIComponent(words.join(' ')) + (mayPick ? '.tty' : '.any');
  if (directory === null || name.length > LONGEST_NAME) return null;
  return `${directory}/${DIRECTORY}/${name}`;
}
