import type { Request } from './argv.js';
import type { Answer, Assumption, Manner } from './assumption.js';
import { readConfig, type Config } from './config/config.js';
import { isAssumeError } from './errors.js';
import type { Host } from './host/host.js';
import { watchHost } from './host/watch-host.js';
import type { Errand } from './obtain.js';
import { makePlan } from './plan/make-plan.js';
import type { PlannedTarget } from './plan/plan.js';
import { makeShownTarget } from './plan/shown-target.js';
import { entryNames, recordPlan } from './record-plan.js';
import { noteSurroundings } from './surroundings.js';
import { isAlive, isFresh } from './store/freshness.js';
import { readLearned } from './store/learned.js';
import { makeNoStore } from './store/plain-store.js';
import type { StoreUse } from './store/store-use.js';
import { findStore, openStore } from './store/stores.js';
import type { EntryFacts, KeptEntry } from './store/cache-entry.js';
import { makeSessionCache, type SessionCache } from './store/session-cache.js';
import { findTarget } from './target/find-target.js';

/** An assumption with the way that led to it. */
export interface Walked extends Assumption {
  readonly config: Config;
  readonly planned: PlannedTarget;
  readonly cache: SessionCache;
}

/**
 * The route: what was typed → a target → a plan → credentials, from the cache or by the slow half.
 *
 * @throws AssumeError at each stage, as the stage says.
 */
export async function assume(request: Request, host: Host, manner: Manner): Promise<Walked> {
  const { options, operands } = request;
  const watch = watchHost(host);
  const config = readConfig(watch.host);
  const wanted = { name: operands[0] ?? null, options, mayPick: manner.mayPick };
  const target = await findTarget(config, watch.host, wanted);
  const learned = readLearned(watch.host, target.identity);
  const planned = makePlan(target, learned, manner.renews);
  const use = { host, config, options, lockWaitMs: manner.lockWaitMs };
  const store = options['no-cache'] ? makeNoStore('--no-cache') : findStore(use);
  const cache = makeSessionCache(store, host);
  const shown = makeShownTarget(config, planned);
  const source = async (): Promise<Answer> => {
    const { isKept, ...answer } = await findAnswer(use, manner, planned, cache);
    if (isKept) recordPlan({ ...use, request, manner, planned, shown, watch });
    return answer;
  };
  return { config, planned, cache, shown, source };
}

/** An answer, and whether it lay ready. */
type Found = Answer & { readonly isKept: boolean };

async function findAnswer(
  use: StoreUse,
  manner: Manner,
  planned: PlannedTarget,
  cache: SessionCache,
): Promise<Found> {
  const { host, options } = use;
  const begun = host.now();
  const refreshes = options.refresh === true && !isSession(planned);
  const isGood = (entry: EntryFacts): boolean =>
    isFresh(entry, host.now(), manner.marginMs) && !(refreshes && entry.startedAt < begun);
  const kept = findCached(planned, cache);
  const cached = kept && (await cache.read(kept.name, isGood));
  if (cached) {
    // The line of a code that is not needed is not the child's either.
    if (options['mfa-code'] === '-') host.readStdinLine();
    return { ...cached, isKept: true };
  }
  try {
    const made = await askAws(use, manner, planned, cache, { isGood, newSession: kept !== null });
    return { ...made, isKept: false };
  } catch (error) {
    if (!kept || refreshes || !needsPerson(error)) throw error;
    const old = await cache.read(kept.name, (entry) => isAlive(entry, host.now()));
    if (!old) throw error;
    return { ...old, isKept: false };
  }
}

/** The slow half. Its store is opened first: what cannot be kept is not worth a code. */
async function askAws(
  use: StoreUse,
  { renews }: Manner,
  planned: PlannedTarget,
  { store }: SessionCache,
  wanted: Pick<Errand, 'isGood' | 'newSession'>,
): Promise<Answer> {
  const { host, config, options } = use;
  const opened = options['no-cache'] ? store : await openStore(use);
  noteSurroundings(host, options, config, planned, opened);
  const { obtain } = await import('./obtain.js');
  return obtain({ ...use, ...wanted, planned, renews, cache: makeSessionCache(opened, host) });
}

/** Only a person could have renewed it, and none could be asked. */
function needsPerson(error: unknown): boolean {
  return isAssumeError(error) && (error.code === 'MFA_NEEDED' || error.code === 'LOGIN_NEEDED');
}

/** What is cached of the whole plan, whatever is left of it; `null` when there is nothing. */
function findCached(planned: PlannedTarget, cache: SessionCache): KeptEntry | null {
  const { plan, target, unknown } = planned;
  const { accessKeyId } = plan;
  if (unknown.length > 0 || !target.isCached.value || accessKeyId === null) return null;
  const entries = entryNames(planned, accessKeyId).flatMap((name) => cache.find(name) ?? []);
  return entries.find((entry) => entry.madeUnder === accessKeyId) ?? null;
}

/** The answer is an MFA session, which no refresh throws away. */
function isSession({ plan, target }: PlannedTarget): boolean {
  return plan.hops.length === 0 && !target.identity.isTemporary;
}
