import type { Config } from '../config/config.js';
import { nearest, settingsOf } from '../target/layers.js';
import type { PlannedTarget } from './plan.js';

/** What deliveries show of a target: plain facts, none of them secret. */
export interface ShownTarget {
  readonly name: string;
  readonly customer: string | null;
  readonly accountName: string | null;
  readonly roleName: string | null;
  readonly identityName: string;
  /** The last hop's; `null` where the target is the identity itself. */
  readonly roleArn: string | null;
  readonly region: string | null;
  readonly color: string | null;
  readonly isProtected: boolean;
  /** Its credentials come from the environment that it was asked for in. */
  readonly isFromEnvironment: boolean;
  /** Prompt themes may show its name. */
  readonly showsPrompt: boolean;
  /** What was asked for and is not so. */
  readonly remarks: readonly string[];
}

export function makeShownTarget(config: Config, planned: PlannedTarget): ShownTarget {
  const { target, plan, remarks } = planned;
  return {
    name: target.name,
    customer: target.customer,
    accountName: target.accountName,
    roleName: target.roleName,
    identityName: target.identity.name,
    roleArn: target.hops.at(-1)?.roleArn.value ?? null,
    region: target.region?.value ?? null,
    color: target.color,
    isProtected: target.isProtected.value,
    isFromEnvironment: plan.source === 'environment',
    showsPrompt: nearest([settingsOf(config)], 'promptVariable')?.value ?? true,
    remarks,
  };
}
