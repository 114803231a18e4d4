import type { Options } from '../argv.js';
import type { AwsContext } from '../aws/aws-context.js';
import type { Config } from '../config/config.js';
import type { Host, ProcessRecord } from '../host/host.js';
import type { PlannedTarget } from '../plan/plan.js';
import type { SessionCache } from '../store/session-cache.js';
import type { SpentCodes } from '../store/spent-codes.js';
import type { CodeSource } from './mfa-code.js';

/** What the slow stages share: the plan they follow, and what they follow it with. */
export interface Stage {
  readonly host: Host;
  readonly config: Config;
  readonly options: Options;
  readonly planned: PlannedTarget;
  readonly aws: AwsContext;
  readonly cache: SessionCache;
  readonly codes: CodeSource;
  readonly spent: SpentCodes;
  /** How long to wait for another process at the same work; `null`: as long as it lives. */
  readonly lockWaitMs: number | null;
}

/** Tells for whom this process waits. */
export function sayWaiting(stage: Stage, what: string): (holder: ProcessRecord) => void {
  return ({ pid }) => {
    if (stage.options.quiet) return;
    stage.host.stderr(`assume: waiting for another assume (process ${String(pid)}) to ${what}\n`);
  };
}
