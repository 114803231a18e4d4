import type { Options } from '../argv.js';
import type { AwsSection } from '../config/aws-file.js';
import { isAssumeError } from '../errors.js';
import { identityIn, readAlias } from './alias.js';
import type { CatalogueEntry } from './catalogue.js';
import type { Directory } from './directory.js';
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
  const [first, ...others] = candidates(directory, name, options, []);
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

function candidates(
  directory: Directory,
  name: string,
  options: Options,
  walked: readonly string[],
): Candidate[] {
  const { config, host, catalogue } = directory;
  const named = catalogue.filter((entry) => entry.names.includes(name));
  const entries = named.length > 0 ? named : entriesOfArn(config, catalogue, name);
  const targets = entries.map((entry): Candidate => ({
    entry,
    target: makeTarget(config, host, entry, options),
  }));
  const identity = identityIn(name);
  const section = identity === null ? null : config.assume.index.find('identity', identity);
  if (section) {
    const entry = identityEntry(section);
    const named = { ...options, identity: section.name };
    targets.push({ entry, target: makeTarget(config, host, entry, named) });
  }
  const profileNamed = (each: string): AwsSection | undefined =>
    config.aws.profiles.get(each.replace(/^profile:/, ''));
  const profile = profileNamed(name);
  const alias = profile && readAlias(profile);
  if (!alias) return targets;
  if (walked.includes(name)) {
    if (targets.length > 0) return targets;
    const round = walked.slice(walked.indexOf(name)).flatMap((each) => profileNamed(each) ?? []);
    throw circleError('credential_process', [...new Set(round)]);
  }
  if (alias.name === name && targets.length > 0) return targets;
  // Raw keys are for the tools that the profile was made for, and for whoever types --long-term.
  const { 'long-term': _, ...its } = alias.options;
  return [
    ...targets,
    ...candidates(directory, alias.name, { ...its, ...options }, [...walked, name]),
  ];
}
