import type { Config } from './config/config.js';
import { isAssumeError } from './errors.js';
import type { Host } from './host/host.js';
import { openStore } from './store/stores.js';
import { makeCatalogue } from './target/catalogue.js';
import { makeTarget } from './target/make-target.js';

/** What is wrong with the configuration, and what some tool would read otherwise. */
export interface ConfigReport {
  /** One line each, with file and line. */
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
  tryOut(() => openStore(config, host));
  for (const entry of makeCatalogue(config)) tryOut(() => makeTarget(config, host, entry, {}));
  return {
    problems: [...problems],
    warnings: config.aws.warnings.map(
      ({ file, line, message }) => `${file}:${String(line)}: ${message}`,
    ),
  };
}
