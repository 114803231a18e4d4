import type { AwsContext } from '../aws/aws-context.js';
import type { Config } from '../config/config.js';
import type { Credentials } from '../credentials.js';
import type { PlannedTarget } from '../plan/plan.js';
import type { SessionCache } from '../store/session-cache.js';
import type { Flight } from '../store/single-flight.js';
import type { IdentitySpec } from '../target/identity-spec.js';

/** What the slow stages share: the plan they follow, and what they follow it with. */
export interface Errand extends Flight {
  readonly config: Config;
  readonly planned: PlannedTarget;
  readonly aws: AwsContext;
  readonly cache: SessionCache;
}

/** Reads credentials of one kind of source. */
export interface IdentitySource {
  /**
   * Refuses what could never be read, before another process is waited for.
   *
   * @throws AssumeError when the specification is of this kind and cannot be read from here.
   */
  check?(spec: IdentitySpec, errand: Errand): void;
  /**
   * @returns `null` when the specification is of another kind.
   * @throws AssumeError when it is of this kind and its credentials can't be had.
   */
  read(spec: IdentitySpec, errand: Errand): Promise<Credentials | null>;
}
