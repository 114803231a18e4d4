import { explainSkipped } from '../config/describe-warning.js';
import { AssumeError } from '../errors.js';
import { COMMANDS } from '../grammar.js';
import { nearestNames } from '../nearest.js';
import { visible } from '../visible.js';
import type { CatalogueEntry } from './catalogue.js';
import type { Directory } from './directory.js';
import { explainSection, writeOneOf } from './explain-section.js';
import { nothingConfigured } from './nothing-configured.js';
import { formatOrigin } from './target.js';

/** @returns An error that explains the section of that name, else names what comes nearest, commands included. */
export function unknownTarget(directory: Directory, name: string): AssumeError {
  const { config, catalogue } = directory;
  const names = [
    ...catalogue.flatMap((entry) => entry.names.filter((other) => !other.startsWith('profile:'))),
    ...Object.keys(COMMANDS),
  ];
  // The name of a command, after `switch`, is near to nothing but itself.
  const near = nearestNames(name, names).filter((other) => other !== name);
  const section = explainSection(directory, name);
  if (section) return section;
  const problem = `there is no target ${visible(name)}`;
  const skipped = explainSkipped(config.aws.skipped, name);
  if (skipped !== null) return new AssumeError('TARGET_UNKNOWN', problem, { hint: skipped });
  if (near.length > 0) {
    const hint = `nearest: ${near.map(visible).join(', ')}`;
    return new AssumeError('TARGET_UNKNOWN', problem, { hint });
  }
  if (catalogue.length > 0) {
    return new AssumeError('TARGET_UNKNOWN', problem, { hint: 'see all: assume list' });
  }
  const { message, hint } = nothingConfigured(config);
  return new AssumeError('TARGET_UNKNOWN', problem, { hint: `${message}\n${hint ?? ''}` });
}

/** @returns An error that tells a script which exact names it can write. */
export function inexactTarget(word: string, entries: readonly CatalogueEntry[]): AssumeError {
  const code = entries.length > 1 ? 'TARGET_AMBIGUOUS' : 'TARGET_UNKNOWN';
  return new AssumeError(code, `${visible(word)} is not the exact name of a target`, {
    hint: writeOneOf(entries),
  });
}

/** @returns An error that names each entry by a name that is its alone, and where it stands. */
export function ambiguousTarget(
  { catalogue }: Directory,
  name: string,
  found: readonly CatalogueEntry[],
): AssumeError {
  const rows = found.map(
    (entry) => `${visible(typeableName(catalogue, entry))} (${formatOrigin(entry.origin)})`,
  );
  return new AssumeError(
    'TARGET_AMBIGUOUS',
    `${visible(name)} names targets that lead to different credentials`,
    { hint: `write one of: ${rows.join(', ')}` },
  );
}

/** The shortest name that only this entry has; its role's ARN where every other one is shared. */
function typeableName(catalogue: readonly CatalogueEntry[], entry: CatalogueEntry): string {
  const { accountId, roleName, roleArn, names, name } = entry;
  const byId = accountId !== null && roleName !== null ? [`${accountId}/${roleName}`] : [];
  const isItsOwn = (candidate: string): boolean =>
    catalogue.every((other) => other === entry || !other.names.includes(candidate));
  return [name, ...names, ...byId].find(isItsOwn) ?? roleArn ?? name;
}
