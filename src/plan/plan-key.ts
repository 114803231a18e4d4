import { nodeCrypto } from '../host/node-crypto.js';
import type { Plan } from './plan.js';

/**
 * The name under which the plan's answer is cached: 64 hexadecimal digits that change with any
 * field of it.
 */
export function planKey(plan: Plan): string {
  return nodeCrypto().createHash('sha256').update(canonicalJson(plan)).digest('hex');
}

/** The plan as far as its first `count` hops: what an intermediate role is cached under. */
export function planPrefix(plan: Plan, count: number): Plan {
  return { ...plan, hops: plan.hops.slice(0, count) };
}

/** JSON whose keys are sorted, so that equal values always read the same. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
