import type { Options } from '../argv.js';
import type { Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { visible } from '../visible.js';
import type { CatalogueEntry } from './catalogue.js';
import { chooseTarget } from './choose-target.js';
import { makeDirectory, type Directory } from './directory.js';
import { makeTarget } from './make-target.js';
import { nothingConfigured } from './nothing-configured.js';
import { distinctEntries, findByPart, findExactTarget } from './resolve-target.js';
import type { Target } from './target.js';
import { inexactTarget, unknownTarget } from './target-errors.js';

/** How a target was asked for. */
export interface Wanted {
  /** `null`: whichever the user picks. */
  readonly name: string | null;
  readonly options: Options;
  /** A person may be asked to pick, and may use shorthand. */
  readonly mayPick: boolean;
}

/**
 * Finds the one target that was asked for. Shorthand and picking are for a person at a terminal: a
 * script must write the exact name, so that it never changes account because a list grew.
 *
 * @throws AssumeError TARGET_UNKNOWN or TARGET_AMBIGUOUS with what to write; USAGE when nothing was
 * asked for and nobody can pick; CANCELLED; ACCOUNT_UNEXPECTED by `--expect-account`.
 */
export async function findTarget(config: Config, host: Host, wanted: Wanted): Promise<Target> {
  const directory = makeDirectory(config, host);
  const target = await find(directory, wanted);
  const expected = wanted.options['expect-account'];
  const account = target.accountId?.value ?? null;
  if (expected === undefined || expected === account) return target;
  throw new AssumeError(
    'ACCOUNT_UNEXPECTED',
    `${visible(target.name)} is in account ${account ?? 'unknown'}, not in ${visible(expected)} as --expect-account says`,
    { hint: 'nothing was assumed: check the name, or the number' },
  );
}

async function find(directory: Directory, wanted: Wanted): Promise<Target> {
  const { name, options } = wanted;
  const { catalogue } = directory;
  if (name === null) return pick(directory, wanted, catalogue, 'Which target?');
  const exact = findExactTarget(directory, name, options);
  if (exact) return exact;
  const partial = distinctEntries(directory, findByPart(catalogue, name), options);
  if (partial.length === 0) throw unknownTarget(directory, name);
  if (!wanted.mayPick) throw inexactTarget(name, partial);
  const [only, second] = partial;
  if (only && !second) return makeTarget(directory.config, directory.host, only, options);
  return pick(directory, wanted, partial, `Which ${visible(name)}?`);
}

async function pick(
  { config, host, catalogue }: Directory,
  wanted: Wanted,
  entries: readonly CatalogueEntry[],
  question: string,
): Promise<Target> {
  if (catalogue.length === 0) throw nothingConfigured(config);
  if (!wanted.mayPick) {
    throw new AssumeError('USAGE', 'no target is named, and there is no terminal to pick one on', {
      hint: 'write assume TARGET; see all: assume list',
    });
  }
  const entry = await chooseTarget(host, question, entries, wanted.options);
  return makeTarget(config, host, entry, wanted.options);
}
