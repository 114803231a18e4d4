import { accountOfAccessKey } from '../arn/access-key-account.js';
import { getSessionToken, type MfaProof } from '../aws/sts.js';
import type { TemporaryCredentials } from '../aws/temporary-credentials.js';
import type { Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import { forgottenAt, isAlive, isYoungEnough } from '../store/freshness.js';
import { attempt, attemptLater } from '../store/attempt.js';
import { writeLearned } from '../store/learned.js';
import type { CacheEntry, EntryFacts } from '../store/cache-entry.js';
import { sessionNames } from '../store/session-cache.js';
import { temporaryCredentials } from '../target/source-words.js';
import { visible } from '../visible.js';
import { singleFlight } from '../store/single-flight.js';
import { spendCode } from './spend-code.js';
import type { Stage } from './stage.js';

/** What signs the next request, and the code behind it. */
export interface Session {
  readonly credentials: Credentials;
  readonly startedAt: Date;
  /** When its code was given; `null` without MFA. */
  readonly mfaAt: Date | null;
}

/**
 * The identity with MFA: a live session of it, else a new one for one code. Where the plan wants no
 * session, the identity itself.
 *
 * @param renew - Start a new session even where one lives.
 * @throws AssumeError MFA_NEEDED, MFA_CODE_REFUSED, CANCELLED; AWS_REFUSED and others as STS says.
 */
export async function getSession(
  stage: Stage,
  identity: Credentials,
  renew = false,
): Promise<Session> {
  const { plan, target } = stage.planned;
  const bare = { credentials: identity, startedAt: stage.host.now(), mfaAt: null };
  if (plan.signer === 'keys' || plan.signer === 'keys-and-code') {
    if (target.mfa?.value === 'required' && identity.sessionToken) throw cannotBuyMfa(stage);
    return bare;
  }
  const live = renew ? null : await findLiveSession(stage, identity);
  if (live) return live;
  if (plan.signer === 'live-session') return bare;
  const name = sessionNames(plan, identity.accessKeyId).at(-1) ?? '';
  return singleFlight(stage, name, 'get an MFA session', async () => {
    const other = renew ? null : await findLiveSession(stage, identity);
    return other ?? startSession(stage, identity, name);
  });
}

/** A session of the identity that lives and is young enough; `null` when there is none. */
export async function findLiveSession(
  stage: Stage,
  identity: Credentials,
): Promise<Session | null> {
  const { plan } = stage.planned;
  const now = stage.host.now();
  const isUsable = (entry: EntryFacts): boolean =>
    entry.madeUnder === identity.accessKeyId &&
    isAlive(entry, now) &&
    isYoungEnough(entry, now, plan.mfaMaxAgeSeconds);
  for (const name of sessionNames(plan, identity.accessKeyId)) {
    const entry = await stage.cache.read(name, isUsable);
    if (!entry) continue;
    const { credentials, startedAt, mfaSerial } = entry;
    return { credentials, startedAt, mfaAt: mfaSerial === null ? null : startedAt };
  }
  return null;
}

async function startSession(stage: Stage, identity: Credentials, name: string): Promise<Session> {
  const { plan } = stage.planned;
  const seconds = plan.sessionDurationSeconds ?? 0;
  const serial = plan.signer === 'mfa-session' ? plan.mfaSerial : null;
  const request = async (proof: MfaProof | null): Promise<MadeSession> => {
    const startedAt = stage.host.now();
    const credentials = await getSessionToken(stage.aws, identity, seconds, proof);
    return { startedAt, credentials, serial };
  };
  const made = serial === null ? await request(null) : await spendCode(stage, serial, request);
  await keep(stage, identity, name, made);
  const { credentials, startedAt } = made;
  return { credentials, startedAt, mfaAt: serial === null ? null : startedAt };
}

interface MadeSession {
  readonly startedAt: Date;
  readonly credentials: TemporaryCredentials;
  readonly serial: string | null;
}

async function keep(
  stage: Stage,
  identity: Credentials,
  name: string,
  made: MadeSession,
): Promise<void> {
  const { host, planned, cache } = stage;
  const { startedAt, credentials } = made;
  const seconds = planned.plan.sessionDurationSeconds ?? 0;
  const entry: CacheEntry = {
    kind: 'session',
    identity: planned.target.identity.name,
    madeUnder: identity.accessKeyId,
    target: null,
    roleArn: null,
    accountId: planned.target.identity.accountId?.value ?? accountOfAccessKey(identity.accessKeyId),
    mfaSerial: made.serial,
    startedAt,
    keptUntil: forgottenAt({ startedAt, now: host.now() }, seconds, credentials.expiration),
    credentials: made.credentials,
  };
  await attemptLater(host, 'keep the session', () => cache.write(name, entry));
  const { serial } = made;
  if (serial === null) return;
  attempt(host, 'remember the MFA device', () => {
    writeLearned(host, identity.accessKeyId, { mfaSerial: serial });
  });
}

function cannotBuyMfa({ planned: { target } }: Stage): AssumeError {
  return new AssumeError(
    'MFA_NEEDED',
    `${visible(target.name)} demands MFA, and ${visible(target.identity.name)} holds ${temporaryCredentials(target.identity)}, which can buy no MFA session`,
    { hint: 'start from the long-term keys of an IAM user, or set mfa = auto' },
  );
}
