import type { Request } from '../argv.js';
import type { Config } from '../config/config.js';
import { assumeLocation } from '../config/locations.js';
import { timeLeft } from '../delivery/switch-line.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { makePlan } from '../plan/make-plan.js';
import type { PlannedTarget } from '../plan/plan.js';
import { isAlive } from '../store/freshness.js';
import { readLiveEntries } from '../store/live-entries.js';
import { readLearned } from '../store/learned.js';
import { sessionNames, type SessionCache } from '../store/session-cache.js';
import { noteSurroundings } from '../surroundings.js';
import { fromFlag, type Target } from '../target/target.js';
import { visible } from '../visible.js';
import { sayUnlessQuiet } from './say.js';

/**
 * Starts the MFA session of an identity that holds long-term keys.
 *
 * @throws AssumeError MFA_NEEDED for one that holds temporary credentials; others as `obtain`.
 */
export async function startMfaSession(
  { options }: Request,
  host: Host,
  config: Config,
  cache: SessionCache,
  target: Target,
): Promise<void> {
  const planned = planWithMfa(host, target);
  const { name, isTemporary } = planned.target.identity;
  const live = options.refresh ? null : findLive(planned, cache, host.now());
  if (live !== null) {
    const left = timeLeft(live, host.now());
    sayUnlessQuiet(host, options, `${name} has an MFA session already: ${left} left`);
    return;
  }
  if (isTemporary) throw cannotBuySession(name);
  // Before a code is spent on it.
  requireRoom(host, cache.store);
  noteSurroundings(host, options, config, planned, cache.store);
  const { obtain } = await import('../obtain.js');
  const { credentials } = await obtain({
    ...{ host, config, options, planned, cache, lockWaitMs: null },
    ...{ renews: false, isGood: () => false, newSession: options.refresh === true },
  });
  const kept = readLiveEntries(host, cache.store).find(
    (entry) => entry.accessKeyId === credentials.accessKeyId,
  );
  if (!kept) {
    const problem = `${visible(name)} has an MFA session, but it could not be kept`;
    throw new AssumeError('FAILED', problem, { hint: 'see what to do: assume doctor' });
  }
  const left = timeLeft(kept.keptUntil, host.now());
  sayUnlessQuiet(host, options, `logged in as ${name}: MFA session with ${left} left`);
}

/** @throws AssumeError FAILED where the session could not be kept. */
function requireRoom(host: Host, { path, reason }: SessionCache['store']): void {
  if (path === null) throw wouldBeLost(host, reason);
  try {
    host.files.proveWritable(path);
  } catch (cause) {
    if (!isAssumeError(cause)) throw cause;
    const problem = `an MFA session would be lost at once: ${cause.message}`;
    throw new AssumeError('FAILED', problem, { hint: cause.hint, cause });
  }
}

function wouldBeLost(host: Host, reason: string): AssumeError {
  const file = visible(assumeLocation(host) ?? 'assume.ini');
  return new AssumeError('FAILED', `an MFA session would be lost at once: ${reason}`, {
    hint: `write store = plain under [settings] in ${file}, or give each command its own code`,
  });
}

function cannotBuySession(name: string): AssumeError {
  return new AssumeError(
    'MFA_NEEDED',
    `${visible(name)} holds temporary credentials, which can buy no MFA session`,
    { hint: 'login is for the long-term keys of an IAM user, IAM Identity Center and aws login' },
  );
}

function planWithMfa(host: Host, target: Target): PlannedTarget {
  const mfa = { value: 'required', origin: fromFlag('login') } as const;
  return makePlan({ ...target, mfa }, readLearned(host, target.identity), false);
}

function findLive({ plan }: PlannedTarget, cache: SessionCache, now: Date): Date | null {
  if (plan.accessKeyId === null) return null;
  const [name] = sessionNames(plan, plan.accessKeyId);
  const entry = name === undefined ? null : cache.find(name);
  return entry?.madeUnder === plan.accessKeyId && isAlive(entry, now) ? entry.keptUntil : null;
}
