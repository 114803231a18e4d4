import { parseArgv, type Options } from '../argv.js';
import { COMMANDS } from '../grammar.js';
import type { Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { nearestNames } from '../nearest.js';
import { visible } from '../visible.js';
import { aliasOf, type CatalogueEntry } from './catalogue.js';
import { areEqualTargets } from './equal-targets.js';
import { makeTarget } from './make-target.js';
import { entryOfArn } from './name-arn.js';
import { formatOrigin, type Target } from './target.js';

/** What a name is looked up in. */
export interface Directory {
  readonly config: Config;
  readonly host: Host;
  readonly catalogue: readonly CatalogueEntry[];
}

/**
 * The target of exactly that name: a catalogue target, an alias, a profile, a role's ARN or
 * `id/role`. `null` when no target has it.
 *
 * @throws AssumeError TARGET_AMBIGUOUS when targets of that name lead to different credentials.
 */
export function findExactTarget(
  directory: Directory,
  name: string,
  options: Options,
): Target | null {
  const targets = candidates(directory, name, options, []);
  const [first, ...others] = targets;
  if (!first) return null;
  const different = others.find((other) => !areEqualTargets(first, other));
  if (different) throw ambiguousName(name, [first, ...others]);
  return first;
}

/** The entries whose role, account or account ID is that word: shorthand for a person's use. */
export function findByPart(
  catalogue: readonly CatalogueEntry[],
  word: string,
): readonly CatalogueEntry[] {
  return catalogue.filter((entry) =>
    [entry.roleName, entry.accountName, entry.accountId].includes(word),
  );
}

/** @returns An error that names what comes nearest to the word, commands included. */
export function unknownTarget({ catalogue }: Directory, name: string): AssumeError {
  const names = [
    ...catalogue.flatMap((entry) => entry.names.filter((other) => !other.startsWith('profile:'))),
    ...Object.keys(COMMANDS),
  ];
  const near = nearestNames(name, names);
  const hint =
    near.length > 0 ? `nearest: ${near.map(visible).join(', ')}` : 'see all: assume list';
  return new AssumeError('TARGET_UNKNOWN', `there is no target ${visible(name)}`, { hint });
}

/** @returns An error that tells a script which exact names it can write. */
export function inexactTarget(word: string, entries: readonly CatalogueEntry[]): AssumeError {
  const code = entries.length > 1 ? 'TARGET_AMBIGUOUS' : 'TARGET_UNKNOWN';
  const names = entries.slice(0, 20).map((entry) => visible(entry.name));
  const more = entries.length > 20 ? `, and ${String(entries.length - 20)} more` : '';
  return new AssumeError(code, `${visible(word)} is not the exact name of a target`, {
    hint: `write ${entries.length > 1 ? 'one of: ' : ''}${names.join(', ')}${more}`,
  });
}

function candidates(
  directory: Directory,
  name: string,
  options: Options,
  walked: readonly string[],
): Target[] {
  const { config, host, catalogue } = directory;
  const named = catalogue.filter((entry) => entry.names.includes(name));
  const byArn = named.length === 0 ? entryOfArn(config, catalogue, name) : null;
  const targets = [...named, ...(byArn ? [byArn] : [])].map((entry) =>
    makeTarget(config, host, entry, options),
  );
  const profile = config.aws.profiles.get(name);
  const words = profile && aliasOf(profile);
  if (!words) return targets;
  if (walked.includes(name)) {
    if (targets.length > 0) return targets;
    const round = [...walked, name].map(visible).join(' → ');
    throw new AssumeError('CONFIG_INVALID', `credential_process goes in a circle: ${round}`, {
      hint: `${profile.file}:${String(profile.line)} must name another target`,
    });
  }
  const inner = parseArgv(['credential-process', ...words]);
  const target = inner.operands[0] ?? '';
  if (target === name && targets.length > 0) return targets;
  return [
    ...targets,
    ...candidates(directory, target, { ...inner.options, ...options }, [...walked, name]),
  ];
}

function ambiguousName(name: string, targets: readonly Target[]): AssumeError {
  const rows = targets.map((target) => `${exactName(target)} (${formatOrigin(target.origin)})`);
  return new AssumeError(
    'TARGET_AMBIGUOUS',
    `${visible(name)} names targets that lead to different credentials`,
    { hint: `write one of: ${rows.join(', ')}` },
  );
}

function exactName(target: Target): string {
  if (target.kind === 'profile') return visible(`profile:${target.name}`);
  return visible(target.hops.at(-1)?.roleArn.value ?? target.name);
}
