import { readCaBundle } from './aws/ca-bundle.js';
import type { Config } from './config/config.js';
import { describeWarning } from './config/describe-warning.js';
import { isAssumeError } from './errors.js';
import type { Host } from './host/host.js';
import { findStore } from './store/stores.js';
import { aliasOf } from './target/alias.js';
import { makeCatalogue } from './target/catalogue.js';
import { makeTarget } from './target/make-target.js';
import { findExactTarget } from './target/resolve-target.js';
import { unknownTarget } from './target/target-errors.js';
import type { Given } from './target/target.js';

/** What is wrong with the configuration, and what some tool would read otherwise. */
export interface ConfigReport {
  /** One line each, with its place. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Tries every target of the files, so that what is wrong shows before it is needed. Calls nothing. */
export function checkConfig(config: Config, host: Host): ConfigReport {
  const problems = new Set<string>();
  const tryOut = (work: () => unknown): void => {
    try {
      work();
    } catch (error) {
      if (!isAssumeError(error)) throw error;
      problems.add(error.hint === undefined ? error.message : `${error.message} (${error.hint})`);
    }
  };
  tryOut(() => findStore({ host, config, options: {}, lockWaitMs: null }));
  const caBundles = new Map<string, Given<string>>();
  const directory = { config, host, catalogue: makeCatalogue(config) };
  for (const entry of directory.catalogue) {
    tryOut(() => {
      const { caBundle } = makeTarget(config, host, entry, {});
      if (caBundle) caBundles.set(caBundle.value, caBundle);
    });
  }
  for (const profile of config.aws.profiles.values()) {
    const name = `profile:${profile.name}`;
    tryOut(() => {
      if (aliasOf(profile) && !findExactTarget(directory, name, {}))
        throw unknownTarget(directory, name);
    });
  }
  for (const caBundle of caBundles.values()) tryOut(() => readCaBundle(host, caBundle));
  return {
    problems: [...problems],
    warnings: config.aws.warnings.map(describeWarning),
  };
}
