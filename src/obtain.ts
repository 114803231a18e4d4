import { accountOfAccessKey } from './arn/access-key-account.js';
import type { Credentials } from './credentials.js';
import { checkAccount } from './identity/check-account.js';
import { learnCaller, learningOf } from './identity/learn.js';
import { getIdentity } from './identity/get-identity.js';
import { makePlan } from './plan/make-plan.js';
import type { Learned, PlannedTarget } from './plan/plan.js';
import { getRole } from './role/get-role.js';
import { shareWithAwsCli } from './role/share-with-aws-cli.js';
import { findSerial } from './session/find-serial.js';
import { getSession } from './session/get-session.js';
import { deleteRetiredInPassing } from './session/retired-key.js';
import { openStage, type Stage } from './session/stage.js';
import { attempt } from './store/attempt.js';
import { readLearnedKey, writeLearned } from './store/learned.js';
import type { CacheEntry, EntryFacts } from './store/cache-entry.js';
import { singleFlight } from './store/single-flight.js';
import { learnedFrom, type Given } from './target/target.js';
import { visible } from './visible.js';

/** What the slow half is given. */
export interface Errand extends Pick<
  Stage,
  'host' | 'config' | 'options' | 'planned' | 'cache' | 'lockWaitMs'
> {
  /** The delivery can fetch new credentials by itself. */
  readonly renews: boolean;
  /** Tells whether a cached answer will do: another process may have made one meanwhile. */
  readonly isGood: (entry: EntryFacts) => boolean;
  /** Start a new session even where one lives. */
  readonly newSession: boolean;
}

/** Credentials and the instant AWS made them; the identity's own have neither a session nor a start. */
export type Obtained = Pick<CacheEntry, 'accountId' | 'startedAt'> & {
  readonly credentials: Credentials;
};

/**
 * The slow half of the route: identity → session → role, with whatever has to be learned from AWS
 * on the way. Loaded only when the cache has no answer.
 *
 * @throws AssumeError as each stage says.
 */
export async function obtain(errand: Errand): Promise<Obtained> {
  const { host, options } = errand;
  const stage = openStage(errand);
  const identity = await getIdentity(stage, errand.isGood);
  const learned = await learn(stage, identity, errand.renews);
  await checkAccount(stage, identity);
  const ready: Stage = { ...stage, planned: learned };
  const { plan, target } = learned;
  if (plan.signer === 'keys-and-code' && !options.quiet) {
    host.stderr(
      `assume: ${visible(target.name)} for more than 1h takes a code of its own: AWS caps roles of a session at 1h\n`,
    );
  }
  const obtained = await follow(ready, identity, errand);
  await deleteRetiredInPassing(ready, identity);
  return obtained;
}

/** Session and roles, by a plan that knows all it needs. */
async function follow(stage: Stage, identity: Credentials, errand: Errand): Promise<Obtained> {
  const { plan, target } = stage.planned;
  if (plan.hops.length > 0) {
    const role = await getRole(stage, identity, errand.isGood);
    await shareWithAwsCli(stage, role);
    return role;
  }
  const session = await getSession(stage, identity, errand.newSession);
  const accountId = target.accountId?.value ?? accountOfAccessKey(identity.accessKeyId);
  return { ...session, accountId };
}

/** Fills in what the plan does not know yet, by asking AWS once and remembering it. */
async function learn(stage: Stage, identity: Credentials, renews: boolean): Promise<PlannedTarget> {
  const { host, planned } = stage;
  if (planned.unknown.length === 0 && planned.plan.accessKeyId === identity.accessKeyId) {
    return planned;
  }
  const ask = async (): Promise<PlannedTarget> => {
    let known: Learned = { ...readLearnedKey(host, identity.accessKeyId), ...readFrom(identity) };
    const again = makePlan(planned.unsettled, known, renews);
    if (again.unknown.includes('userName')) known = await learnName(stage, identity, known);
    if (again.unknown.includes('mfaSerial')) known = await learnSerial(stage, identity, known);
    return makePlan(planned.unsettled, known, renews);
  };
  return singleFlight(stage, learningOf(identity), 'learn who you are', ask);
}

async function learnName(stage: Stage, identity: Credentials, known: Learned): Promise<Learned> {
  const { accountId, userName } = await learnCaller(stage.aws, identity);
  return {
    ...known,
    accountId: askedOf('GetCallerIdentity', accountId),
    userName: askedOf('GetCallerIdentity', userName),
  };
}

async function learnSerial(stage: Stage, identity: Credentials, known: Learned): Promise<Learned> {
  const { name } = stage.planned.target.identity;
  const mfaSerial = await findSerial(stage.aws, identity, stage.options, name);
  attempt(stage.host, 'remember the MFA device', () => {
    writeLearned(stage.host, identity.accessKeyId, { mfaSerial });
  });
  return { ...known, mfaSerial: askedOf('ListMFADevices', mfaSerial) };
}

/** What the source itself has just told. */
function readFrom({ accessKeyId, sessionToken }: Credentials): Partial<Learned> {
  return { accessKeyId: askedOf('source', accessKeyId), isTemporary: sessionToken !== null };
}

function askedOf(action: string, value: string): Given<string> {
  return { value, origin: { ...learnedFrom(action, ''), file: null } };
}
