import type { Request } from './argv.js';
import type { Manner } from './assumption.js';
import type { Watch } from './host/watch-host.js';
import { planKey } from './plan/plan-key.js';
import type { PlannedTarget } from './plan/plan.js';
import type { ShownTarget } from './plan/shown-target.js';
import { attempt } from './store/attempt.js';
import { makeEvidence } from './store/evidence.js';
import { lineOf, writePlanRecord } from './store/plan-index.js';
import { identityEntryName, roleEntryName, sessionNames } from './store/session-cache.js';
import type { StoreUse } from './store/store-use.js';
import { findDoor, findStore } from './store/stores.js';

/** A walk whose answer lay ready. */
export interface Walk extends StoreUse {
  readonly request: Request;
  readonly manner: Manner;
  readonly planned: PlannedTarget;
  readonly shown: ShownTarget;
  /** Of everything that decided the plan. */
  readonly watch: Watch;
}

/**
 * Notes where the answer lay and what decided that it was this one, so that the same line need not be
 * thought through again. Nothing of it is secret.
 */
export function recordPlan({ request, manner, planned, shown, watch, ...use }: Walk): void {
  const { host } = use;
  const line = lineOf(request, host.argv, manner);
  const { accessKeyId } = planned.plan;
  if (!line || accessKeyId === null || shown.isFromEnvironment || shown.remarks.length > 0) return;
  findStore({ ...use, host: watch.host });
  const evidence = makeEvidence(watch.end(), host.now());
  const store = findDoor(use);
  if (!evidence || !store) return;
  const names = entryNames(planned, accessKeyId);
  attempt(host, 'note the way to these credentials', () => {
    writePlanRecord(host, { ...line, ...evidence, store, names, accessKeyId, shown });
  });
}

/** What the whole plan's answer may be kept under, the best first. */
export function entryNames({ plan, target }: PlannedTarget, accessKeyId: string): string[] {
  if (plan.hops.length > 0) return [roleEntryName(planKey(plan))];
  return target.identity.isTemporary ? [identityEntryName(plan)] : sessionNames(plan, accessKeyId);
}
