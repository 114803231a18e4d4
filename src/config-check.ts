import { readCaBundle } from './aws/ca-bundle.js';
import type { AwsSection } from './config/aws-file.js';
import type { Config } from './config/config.js';
import { describeWarning } from './config/describe-warning.js';
import { isAssumeError, type AssumeError } from './errors.js';
import type { Host } from './host/host.js';
import { explainProcess } from './identity/process-credentials.js';
import { failureOf } from './identity/source-failure.js';
import { findStore } from './store/stores.js';
import { aliasOf } from './target/alias.js';
import type { CatalogueEntry } from './target/catalogue.js';
import { findClientSetting } from './target/client-setting.js';
import { CA_BUNDLE } from './target/find-connection.js';
import { makeDirectory, type Directory } from './target/directory.js';
import { makeTarget } from './target/make-target.js';
import { findCallbackCircles, findCircles } from './target/profile-circles.js';
import { readersOf } from './target/profile-readers.js';
import { findExactTarget, hasOtherMeaning } from './target/resolve-target.js';
import type { Given, Identity } from './target/target.js';
import { unknownTarget } from './target/target-errors.js';
import { valueWarnings } from './target/value-warnings.js';

/** What is wrong with the configuration, and what some tool would read otherwise. */
export interface ConfigReport {
  /** One line each, with its place. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Tries every target of the files, so that what is wrong shows before it is needed. Calls nothing. */
export function checkConfig(config: Config, host: Host): ConfigReport {
  const problems = new Problems();
  problems.tryOut(() => findStore({ host, config, options: {}, lockWaitMs: null }));
  const circles = findCircles(config.aws);
  for (const error of circles.errors) problems.add(error);
  const directory = makeDirectory(config, host);
  const check = new TargetCheck(config, host, problems);
  for (const entry of directory.catalogue) {
    if (entry.profile) check.values(entry.profile);
    if (!entry.profile || !circles.lost.has(entry.profile.name)) check.target(entry);
  }
  checkCallbacks(directory, problems);
  return {
    problems: problems.all(),
    warnings: [
      ...new Set([...config.aws.warnings.map(describeWarning), ...valueWarnings(config.aws)]),
    ],
  };
}

/** Profiles that only call us: those of a circle are told of once, without a walk from each. */
function checkCallbacks(directory: Directory, problems: Problems): void {
  const { aws } = directory.config;
  const circles = findCallbackCircles(aws, (profile) => hasOtherMeaning(directory, profile));
  for (const error of circles.errors) problems.add(error);
  for (const profile of aws.profiles.values()) {
    if (!aliasOf(profile) || circles.lost.has(profile.name)) continue;
    const name = `profile:${profile.name}`;
    problems.tryOut(() => {
      if (!findExactTarget(directory, name, {})) throw unknownTarget(directory, name);
    });
  }
}

/** What is wrong, each once. */
class Problems {
  readonly #told = new Set<string>();

  add({ message, hint }: AssumeError): void {
    this.#told.add(hint === undefined ? message : `${message} (${hint})`);
  }

  tryOut(work: () => unknown): void {
    try {
      work();
    } catch (error) {
      if (!isAssumeError(error)) throw error;
      this.add(error);
    }
  }

  all(): string[] {
    return [...this.#told];
  }
}

/** One run over the targets; a CA bundle that many share is read once. */
class TargetCheck {
  readonly #config: Config;
  readonly #host: Host;
  readonly #problems: Problems;
  readonly #goodBundles = new Set<string>();

  constructor(config: Config, host: Host, problems: Problems) {
    this.#config = config;
    this.#host = host;
    this.#problems = problems;
  }

  /** Each value of a profile by itself: the target would tell of the first that is wrong. */
  values(profile: AwsSection): void {
    const { aws } = this.#config;
    for (const read of readersOf(profile, aws, this.#host.env)) this.#problems.tryOut(read);
    this.#caBundle(findClientSetting(CA_BUNDLE, [profile], {}));
  }

  target(entry: CatalogueEntry): void {
    this.#problems.tryOut(() => {
      const { caBundle, identity } = makeTarget(this.#config, this.#host, entry, {});
      this.#caBundle(caBundle);
      this.#process(identity);
    });
  }

  #caBundle(bundle: Given<string> | null): void {
    if (bundle === null || this.#goodBundles.has(bundle.value)) return;
    this.#problems.tryOut(() => {
      readCaBundle(this.#host, bundle);
      this.#goodBundles.add(bundle.value);
    });
  }

  #process(identity: Identity): void {
    const spec = identity.source.value;
    const wrong = spec.kind === 'process' ? explainProcess(spec, this.#host) : null;
    if (!wrong) return;
    this.#problems.add(failureOf(identity, 'CONFIG_INVALID', wrong.problem, { hint: wrong.hint }));
  }
}
