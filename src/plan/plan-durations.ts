import { formatDuration } from '../config/duration.js';
import { visible } from '../visible.js';
import { temporaryCredentials } from '../target/source-words.js';
import type { Target } from '../target/target.js';
import { CHAINED_LIMIT_SECONDS } from './plan.js';

/** STS's own default for AssumeRole. */
const ROLE_SECONDS = 3600;

export interface Durations {
  /** One a hop. */
  readonly hopSeconds: readonly number[];
  /** The last hop is assumed with the identity's own keys, since a session would cap it. */
  readonly isDirect: boolean;
  /** What was asked for and is not had. */
  readonly remarks: readonly string[];
}

/**
 * How long each hop lasts. STS treats a role assumed from a session as chained and gives it an hour
 * at most; more is to be had only by one AssumeRole signed with long-term keys, which is worth a
 * code of its own only where nothing renews.
 */
export function planDurations(target: Target, renews: boolean): Durations {
  const asked = target.hops.map((hop) => hop.durationSeconds?.value ?? ROLE_SECONDS);
  const capped = asked.map((seconds) => Math.min(seconds, CHAINED_LIMIT_SECONDS));
  const last = asked.at(-1) ?? 0;
  if (last <= CHAINED_LIMIT_SECONDS || renews) {
    return { hopSeconds: capped, isDirect: false, remarks: [] };
  }
  const obstacle = obstacleToLongRole(target);
  return obstacle === null
    ? { hopSeconds: asked, isDirect: true, remarks: [] }
    : {
        hopSeconds: capped,
        isDirect: false,
        remarks: [`${visible(target.name)} lasts 1h, not ${formatDuration(last)}: ${obstacle}`],
      };
}

function obstacleToLongRole(target: Target): string | null {
  if (target.hops.length > 1) return 'AWS gives a role assumed from another role 1h at most';
  if (target.identity.isTemporary) {
    const { identity } = target;
    return `${visible(identity.name)} holds ${temporaryCredentials(identity)}, from which AWS gives 1h at most`;
  }
  return target.longRoles.value === 'never' ? 'long_roles = never' : null;
}
