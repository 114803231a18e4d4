import type { Request } from '../argv.js';
import { awsContext, type AwsContext } from '../aws/aws-context.js';
import { isRefusedWith } from '../aws/aws-errors.js';
import { readConfig, type Config } from '../config/config.js';
import type { Credentials } from '../credentials.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { checkAccount } from '../identity/check-account.js';
import { readIdentity } from '../identity/identity-sources.js';
import { makePlan } from '../plan/make-plan.js';
import { findSerial } from '../session/find-serial.js';
import { findLiveSession, getSession } from '../session/get-session.js';
import { openCodeSourceLate } from '../session/mfa-code.js';
import { openStage, type Stage } from '../session/stage.js';
import { readLearned } from '../store/learned.js';
import { makeSessionCache, type SessionCache } from '../store/session-cache.js';
import { openStore } from '../store/stores.js';
import { noteSurroundings } from '../surroundings.js';
import { identityTarget } from '../target/identity-target.js';
import { byDefault, derivedFrom, type Target } from '../target/target.js';
import { visible } from '../visible.js';

/** An IAM user that looks after its own keys and devices. */
export interface Owner {
  readonly request: Request;
  readonly host: Host;
  readonly config: Config;
  readonly cache: SessionCache;
  readonly target: Target;
  readonly aws: AwsContext;
  /** The identity's long-term keys. */
  readonly keys: Credentials;
  /**
   * Asks AWS something as the user: with an MFA session where a device is known, for one code; else
   * with the keys, and with MFA if AWS refuses that.
   *
   * @param keys - Others of the same user's than the present ones.
   */
  readonly sign: <T>(work: (signer: Credentials) => Promise<T>, keys?: Credentials) => Promise<T>;
  /** The same where a session lives, else with the keys alone: nobody is asked. */
  readonly signUnasked: <T>(work: (signer: Credentials) => Promise<T>) => Promise<T>;
}

/**
 * Opens an identity of long-term keys.
 *
 * @param name - An `[identity]` section or a profile; `null` for the one that targets start from.
 * @throws AssumeError IDENTITY_INVALID for temporary credentials, and keys of another account than
 * the configuration says; others as the source says.
 */
export async function openOwner(request: Request, host: Host, name: string | null): Promise<Owner> {
  const { options } = request;
  const config = readConfig(host);
  const store = await openStore({ host, config, options, lockWaitMs: null });
  const cache = makeSessionCache(store, host);
  const target = { ...identityTarget(config, host, name, options), hops: [] };
  const planned = makePlan(target, readLearned(host, target.identity), false);
  const aws = awsContext(host, planned.target);
  noteSurroundings(host, options, config, planned, cache.store);
  const errand = { host, config, options, planned, aws, cache, lockWaitMs: null };
  const keys = await readIdentity(errand);
  if (keys.sessionToken !== null) throw notLongTerm(target.identity.name);
  await checkAccount(errand, keys);
  const owner = { request, host, config, cache, target, aws, keys };
  return { ...owner, ...makeSigners(owner, planned.plan.mfaSerial) };
}

type Signers = Pick<Owner, 'sign' | 'signUnasked'>;
type Opened = Omit<Owner, keyof Signers>;

function makeSigners(owner: Opened, known: string | null): Signers {
  const { aws, keys: own, request, target } = owner;
  const { name } = target.identity;
  let serial = known;
  const sign: Owner['sign'] = async (work, keys = own) => {
    if (serial === null) {
      try {
        return await work(keys);
      } catch (error) {
        if (!isRefusedWith(error, 'AccessDenied')) throw error;
        serial = await serialOrThrow(() => findSerial(aws, keys, request.options, name), error);
      }
    }
    const session = await getSession(stageWithMfa(owner, serial), keys);
    return work(session.credentials);
  };
  const signUnasked: Owner['signUnasked'] = async (work) => {
    const stage = serial === null ? null : stageWithMfa(owner, serial);
    const live = stage && (await findLiveSession(stage, own));
    return work(live?.credentials ?? own);
  };
  return { sign, signUnasked };
}

/** Without a device the first refusal is what matters. */
async function serialOrThrow(find: () => Promise<string>, refusal: unknown): Promise<string> {
  try {
    return await find();
  } catch (error) {
    if (isAssumeError(error) && error.code === 'MFA_NEEDED') throw refusal;
    throw error;
  }
}

function stageWithMfa({ host, config, request, cache, target }: Opened, serial: string): Stage {
  const mfa = { value: 'required', origin: byDefault('mfa') } as const;
  const learned = readLearned(host, target.identity);
  const mfaSerial = { value: serial, origin: derivedFrom('ListMFADevices') };
  const planned = makePlan({ ...target, mfa }, { ...learned, mfaSerial }, false);
  const { options } = request;
  const errand = { host, config, options, planned, cache, lockWaitMs: null };
  return openStage(errand, openCodeSourceLate);
}

function notLongTerm(name: string): AssumeError {
  return new AssumeError('IDENTITY_INVALID', `${visible(name)} holds temporary credentials`, {
    hint: 'only the long-term keys of an IAM user can be looked after: see assume identity list',
  });
}
