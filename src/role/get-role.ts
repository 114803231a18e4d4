import { assumeRole, type AssumedRole, type MfaProof } from '../aws/sts.js';
import type { Credentials } from '../credentials.js';
import { getSession, type Session } from '../session/get-session.js';
import { spendCode } from '../session/spend-code.js';
import type { Stage } from '../session/stage.js';
import { planKey, planPrefix } from '../plan/plan-key.js';
import type { Hop } from '../plan/plan.js';
import { attemptLater } from '../store/attempt.js';
import { forgottenAt, isAlive } from '../store/freshness.js';
import { singleFlight } from '../store/single-flight.js';
import type { CacheEntry, EntryFacts } from '../store/cache-entry.js';
import { roleEntryName } from '../store/session-cache.js';
import { parseRoleArn } from '../arn/role-arn.js';
import { AssumeError } from '../errors.js';
import { checkAnswer } from './check-answer.js';
import { explainRefusal } from './explain-refusal.js';
import type { HopCall } from './hop-call.js';

/**
 * Assumes the plan's roles one after the other. Each is looked for in the cache first, under the
 * plan as far as it goes, and made by one process at a time.
 *
 * @param isGood - Tells whether a cached answer of the last role will do.
 * @throws AssumeError AWS_REFUSED with the refusal explained; others as the stages before.
 */
export async function getRole(
  stage: Stage,
  identity: Credentials,
  isGood: (entry: EntryFacts) => boolean,
): Promise<CacheEntry> {
  const { hops } = stage.planned.plan;
  let session: Session | null = null;
  const reach = async (count: number): Promise<Credentials> => {
    if (count > 0) return (await role(count)).credentials;
    session ??= await getSession(stage, identity);
    return session.credentials;
  };
  const role = (count: number): Promise<CacheEntry> => {
    const name = roleEntryName(planKey(planPrefix(stage.planned.plan, count)));
    const isLast = count === hops.length;
    const isCached = stage.planned.target.isCached.value;
    const isUsable = (entry: EntryFacts): boolean =>
      isCached &&
      entry.madeUnder === identity.accessKeyId &&
      (isLast ? isGood(entry) : isAlive(entry, stage.host.now()));
    const make = async (): Promise<CacheEntry> => {
      const cached = await stage.cache.read(name, isUsable);
      if (cached) return cached;
      const signer = await reach(count - 1);
      const entry = await assumeHop({ stage, identity, signer, session, index: count - 1 });
      if (isCached) {
        await attemptLater(stage.host, 'keep the role', () => stage.cache.write(name, entry));
      }
      return entry;
    };
    return isCached
      ? singleFlight(stage, name, `assume ${hops[count - 1]?.roleArn ?? ''}`, make)
      : make();
  };
  return role(hops.length);
}

async function assumeHop(call: HopCall): Promise<CacheEntry> {
  const { stage, signer, index } = call;
  const { plan } = stage.planned;
  const hop = plan.hops[index];
  if (!hop) {
    throw new AssumeError('FAILED', 'the plan has no such hop', {
      hint: 'this is a fault in assume: report it, with what you typed',
    });
  }
  const request = async (mfa: MfaProof | null): Promise<CacheEntry> => {
    const startedAt = stage.host.now();
    const answer = await assumeRole(stage.aws, signer, {
      ...hop,
      sessionName: hop.sessionName ?? '',
      mfa,
    });
    await checkAnswer(stage.aws, hop, answer);
    return entryOf(call, hop, answer, startedAt);
  };
  try {
    return plan.signer === 'keys-and-code' && plan.mfaSerial !== null
      ? await spendCode(stage, plan.mfaSerial, request)
      : await request(null);
  } catch (error) {
    throw explainRefusal(error, call, hop);
  }
}

function entryOf(call: HopCall, hop: Hop, answer: AssumedRole, startedAt: Date): CacheEntry {
  const { stage, identity, session, index } = call;
  const { target, plan } = stage.planned;
  const isLast = index === plan.hops.length - 1;
  return {
    kind: 'role',
    identity: target.identity.name,
    madeUnder: identity.accessKeyId,
    target: isLast ? target.name : null,
    roleArn: hop.roleArn,
    accountId: parseRoleArn(hop.roleArn)?.accountId ?? null,
    mfaSerial: session?.mfaAt ? plan.mfaSerial : null,
    startedAt,
    keptUntil: forgottenAt(
      { startedAt, now: stage.host.now() },
      hop.durationSeconds,
      answer.credentials.expiration,
    ),
    credentials: answer.credentials,
  };
}
