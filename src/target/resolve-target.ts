import type { Options } from '../argv.js';
import type { AwsSection } from '../config/aws-file.js';
import { isAssumeError, type AssumeError } from '../errors.js';
import { identityIn, readAlias } from './alias.js';
import type { CatalogueEntry } from './catalogue.js';
import type { Directory } from './directory.js';
import { readFlagValues } from './flag-values.js';
import { invalidValue } from './profile-value.js';
import { areEqualTargets, decisiveText } from './equal-targets.js';
import { identityEntry } from './identity-target.js';
import { makeTarget } from './make-target.js';
import { entriesOfArn } from './name-arn.js';
import { circleError } from './profile-circles.js';
import type { Target } from './target.js';
import { ambiguousTarget } from './target-errors.js';

/**
 * The target of exactly that name: a catalogue target, an alias, a profile, a role's ARN,
 * `id/role` or `identity:NAME`. `null` when no target has it.
 *
 * @throws AssumeError TARGET_AMBIGUOUS when targets of that name lead to different credentials.
 */
export function findExactTarget(
  directory: Directory,
  name: string,
  options: Options,
): Target | null {
  const [first, ...others] = candidates(directory, name, options);
  if (!first) return null;
  const isAmbiguous = others.some(({ target }) => !areEqualTargets(first.target, target));
  if (isAmbiguous) {
    const entries = [first, ...others].map(({ entry }) => entry);
    throw ambiguousTarget(directory, name, entries);
  }
  return first.target;
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

/**
 * The entries without those that lead to the same credentials as an earlier one. An entry of which
 * no target can be made is kept: whoever means it has to be told why.
 */
export function distinctEntries(
  { config, host }: Directory,
  entries: readonly CatalogueEntry[],
  options: Options,
): readonly CatalogueEntry[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    try {
      const text = decisiveText(makeTarget(config, host, entry, options));
      const isNew = !seen.has(text);
      seen.add(text);
      return isNew;
    } catch (error) {
      if (!isAssumeError(error)) throw error;
      return true;
    }
  });
}

/** What a name may mean, and the entry that says so. */
interface Candidate {
  readonly entry: CatalogueEntry;
  readonly target: Target;
}

function candidates(directory: Directory, name: string, options: Options): Candidate[] {
  const { profiles } = directory.config.aws;
  const found: Candidate[] = [];
  const walked = new Map<string, AwsSection>();
  let given = options;
  for (let word = name; ;) {
    const targets = targetsNamed(directory, word, given);
    found.push(...targets);
    const profile = profiles.get(word.replace(/^profile:/, ''));
    const alias = profile && readAlias(profile);
    const hasTarget = targets.length > 0;
    if (!alias || (hasTarget && (walked.has(word) || alias.name === word))) return found;
    if (walked.has(word)) throw circleOf(walked, word);
    walked.set(word, profile);
    // Raw keys are for the tools that the profile was made for, and for whoever types --long-term.
    const { 'long-term': _, ...its } = alias.options;
    proveFlags(directory, profile, its);
    given = { ...its, ...given };
    word = alias.name;
  }
}

/** Tells of a value that no flag takes where it stands: nobody has typed it. */
function proveFlags({ host }: Directory, profile: AwsSection, options: Options): void {
  try {
    readFlagValues(options, host);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    const problem = [error.message, error.hint].filter(Boolean).join('; ');
    throw invalidValue(profile, 'credential_process', problem);
  }
}

function circleOf(walked: ReadonlyMap<string, AwsSection>, word: string): AssumeError {
  const round = [...walked.keys()].indexOf(word);
  return circleError('credential_process', [...new Set([...walked.values()].slice(round))]);
}

/** What the name itself means, whatever it may stand for besides. */
function targetsNamed(directory: Directory, name: string, options: Options): Candidate[] {
  const { config, host } = directory;
  const identity = identityIn(name);
  return entriesNamed(directory, name).map((entry) => {
    const isIdentity = entry.kind === 'identity' && identity !== null;
    const named = isIdentity ? { ...options, identity } : options;
    return { entry, target: makeTarget(config, host, entry, named) };
  });
}

/** Tells whether a profile that stands for another target has a name that means one of its own. */
export function hasOtherMeaning(directory: Directory, { name }: AwsSection): boolean {
  try {
    return [name, `profile:${name}`].some((word) => entriesNamed(directory, word).length > 0);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return true;
  }
}

function entriesNamed(directory: Directory, name: string): readonly CatalogueEntry[] {
  const { config, catalogue } = directory;
  const named = directory.named.get(name) ?? entriesOfArn(config, catalogue, name);
  const identity = identityIn(name);
  const section = identity === null ? null : config.assume.index.find('identity', identity);
  return section ? [...named, identityEntry(section)] : named;
}
