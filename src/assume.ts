import type { Request } from './argv.js';
import { readConfig, type Config } from './config/config.js';
import type { Credentials } from './credentials.js';
import { isAssumeError } from './errors.js';
import type { Host } from './host/host.js';
import { makePlan } from './plan/make-plan.js';
import { planKey } from './plan/plan-key.js';
import type { PlannedTarget } from './plan/plan.js';
import { noteSurroundings } from './surroundings.js';
import { isAlive, isFresh } from './store/freshness.js';
import { readLearned } from './store/learned.js';
import { makeNoStore } from './store/plain-store.js';
import { openStore } from './store/stores.js';
import {
  identityEntryName,
  makeSessionCache,
  roleEntryName,
  sessionNames,
  type CacheEntry,
  type SessionCache,
} from './store/session-cache.js';
import { findTarget } from './target/find-target.js';

/** What a delivery needs of the route. */
export interface Manner {
  /** It can fetch new credentials by itself, so an hour at a time will do. */
  readonly renews: boolean;
  /** Cached credentials are served while this much is left of them. */
  readonly marginMs: number;
  /** How long to wait for another process at the same work; `null`: as long as it lives. */
  readonly lockWaitMs: number | null;
  /** A person may be asked which target is meant. */
  readonly mayPick: boolean;
}

/** Gives credentials: from the cache where it has good ones, else from AWS. */
export type CredentialSource = () => Promise<Answer>;

export interface Answer {
  readonly credentials: Credentials;
  /** Twelve digits; `null` when nothing has told us. */
  readonly accountId: string | null;
}

export interface Assumption {
  readonly config: Config;
  readonly planned: PlannedTarget;
  readonly cache: SessionCache;
  readonly source: CredentialSource;
}

/**
 * The route: what was typed → a target → a plan → credentials, from the cache or by the slow half.
 *
 * @throws AssumeError at each stage, as the stage says.
 */
export async function assume(request: Request, host: Host, manner: Manner): Promise<Assumption> {
  const { options, operands } = request;
  const config = readConfig(host);
  const mayPick = manner.mayPick && !options['no-input'] && host.terminal.canAsk;
  const target = await findTarget(config, host, { name: operands[0] ?? null, options, mayPick });
  const learned = readLearned(host, target.identity);
  const planned = makePlan(target, learned, manner.renews);
  const cache = makeSessionCache(
    options['no-cache'] ? makeNoStore('--no-cache') : openStore(config, host),
  );
  return {
    config,
    planned,
    cache,
    source: () => answer(request, host, manner, config, planned, cache),
  };
}

async function answer(
  request: Request,
  host: Host,
  manner: Manner,
  config: Config,
  planned: PlannedTarget,
  cache: SessionCache,
): Promise<Answer> {
  const { options } = request;
  const begun = host.now();
  const refreshes = options.refresh === true && !isSession(planned);
  const isGood = (entry: CacheEntry): boolean =>
    isFresh(entry, host.now(), manner.marginMs) && !(refreshes && entry.startedAt < begun);
  const cached = readCached(planned, cache);
  if (cached && isGood(cached)) {
    // The line of a code that is not needed is not the child's either.
    if (options['mfa-code'] === '-') host.readStdinLine();
    return cached;
  }
  noteSurroundings(host, options, config, planned, cache.store);
  const { obtain } = await import('./obtain.js');
  const errand = { host, config, options, planned, cache, lockWaitMs: manner.lockWaitMs };
  try {
    return await obtain({ ...errand, renews: manner.renews, isGood, newSession: cached !== null });
  } catch (error) {
    if (!cached || refreshes || !needsPerson(error) || !isAlive(cached, host.now())) throw error;
    return cached;
  }
}

/** Only a person could have renewed it, and none could be asked. */
function needsPerson(error: unknown): boolean {
  return isAssumeError(error) && (error.code === 'MFA_NEEDED' || error.code === 'LOGIN_NEEDED');
}

/** The cached answer of the whole plan, whatever is left of it; `null` when there is none. */
export function readCached(planned: PlannedTarget, cache: SessionCache): CacheEntry | null {
  const { plan, target, unknown } = planned;
  const { accessKeyId } = plan;
  if (unknown.length > 0 || !target.isCached.value || accessKeyId === null) return null;
  const entries = entryNames(planned, accessKeyId).flatMap((name) => cache.read(name) ?? []);
  return entries.find((entry) => entry.madeUnder === accessKeyId) ?? null;
}

function entryNames({ plan, target }: PlannedTarget, accessKeyId: string): string[] {
  if (plan.hops.length > 0) return [roleEntryName(planKey(plan))];
  return target.identity.isTemporary ? [identityEntryName(plan)] : sessionNames(plan, accessKeyId);
}

/** The answer is an MFA session, which no refresh throws away. */
function isSession({ plan, target }: PlannedTarget): boolean {
  return plan.hops.length === 0 && !target.identity.isTemporary;
}
