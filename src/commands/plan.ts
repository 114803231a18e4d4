import { formatPlan, planJson } from '../plan/format-plan.js';
import { planKey, planPrefix } from '../plan/plan-key.js';
import type { PlannedTarget } from '../plan/plan.js';
import { ONE_SHOT_MARGIN_MS } from '../store/freshness.js';
import {
  identityEntryName,
  roleEntryName,
  sessionNames,
  type SessionCache,
} from '../store/session-cache.js';
import { visibleJson } from '../visible.js';
import type { Command } from './command.js';
import { mannerHere } from './hand-over.js';

/** Shows every step to the target, and where each value came from; calls nothing. */
export const command: Command = {
  run: async (request, host) => {
    const manner = { renews: false, marginMs: ONE_SHOT_MARGIN_MS, lockWaitMs: 0, mayPick: true };
    const { assume } = await import('../assume.js');
    const { planned, cache } = await assume(request, host, mannerHere(manner, request, host));
    const lives = cachedUntil(planned, cache);
    const color = host.terminal.stdoutIsTerminal && !host.env['NO_COLOR'];
    host.stdout(
      request.options.json
        ? `${visibleJson(planJson(planned, lives))}
`
        : await formatPlan(planned, lives, color, host.homeDirectory),
    );
    return 0;
  },
};

/** Until when the session and each hop are cached; `null` for what is not. */
function cachedUntil({ plan, target }: PlannedTarget, cache: SessionCache) {
  const until = (names: readonly string[]): Date | null => {
    const entry = names.flatMap((name) => cache.find(name) ?? []).at(0);
    return entry?.madeUnder === plan.accessKeyId ? entry.keptUntil : null;
  };
  const start = target.identity.isTemporary
    ? [identityEntryName(plan)]
    : sessionNames(plan, plan.accessKeyId ?? '');
  return {
    session: until(start),
    hops: plan.hops.map((_, index) => until([roleEntryName(planKey(planPrefix(plan, index + 1)))])),
  };
}
