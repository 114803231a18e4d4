import { deactivateAccessKey, listAccessKeys } from '../aws/access-keys.js';
import { isRefusedWith } from '../aws/aws-errors.js';
import { getCallerIdentity } from '../aws/sts.js';
import type { Credentials } from '../credentials.js';
import { AssumeError, isAssumeError } from '../errors.js';
import { restUntil } from '../session/retired-key.js';
import { attempt } from '../store/attempt.js';
import { readKeyFacts, writeLearned } from '../store/learned.js';
import type { Rotation } from '../store/rotations.js';
import { forgetSessions } from './forget-sessions.js';
import type { Errand } from './identity-rotate-errand.js';

/** All of AWS knows a new key within seconds; after this something else is wrong. */
const PATIENCE_MS = 120_000;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [250, 5000];
/** One part of AWS may know a key that another does not: one good answer proves little. */
const GOOD_ANSWERS = 3;

/**
 * Proves that the new key works, puts it in the place of the old one, and only then deactivates that
 * and forgets its sessions.
 *
 * @returns The rotation with its old key retired.
 * @throws AssumeError with the new key kept: the next run goes on from there.
 */
export async function finishRotation(errand: Errand, rotation: Rotation): Promise<Rotation> {
  const { aws, sign, home, host, note, say } = errand;
  const { oldKeyId } = rotation;
  const keys = await inUse(errand, rotation);
  await sign((signer) => deactivateAccessKey(aws, signer, oldKeyId), keys);
  forgetSessions(host, oldKeyId);
  const at = host.now();
  const retired: Rotation = { ...rotation, phase: 'retired', at, notBefore: restUntil(at) };
  note(retired);
  say(`${keys.accessKeyId} works, and is in use: ${home.place}`);
  return retired;
}

/** The new keys, in the place of the old ones. */
async function inUse(errand: Errand, rotation: Rotation): Promise<Credentials> {
  const { home, note, host } = errand;
  const { current, next } = await home.read();
  if (rotation.phase === 'promoted' && current) return current;
  if (!next) throw gone(rotation);
  await prove(errand, next);
  await home.promote(rotation.oldKeyId, next);
  note({ ...rotation, phase: 'promoted', at: host.now() });
  inherit(errand, rotation.oldKeyId, next.accessKeyId);
  return next;
}

/** Until AWS takes the key, by itself and, where the user has a device, with MFA. */
async function prove(errand: Errand, next: Credentials): Promise<void> {
  const { aws, sign, target } = errand;
  try {
    await untilKnown(errand, async () => {
      for (let good = 0; good < GOOD_ANSWERS; good++) await getCallerIdentity(aws, next);
    });
    await untilKnown(errand, () => sign((signer) => listAccessKeys(aws, signer), next));
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    const { name } = target.identity;
    throw new AssumeError(error.code, `${error.message}; the new key ${next.accessKeyId} is kept`, {
      cause: error,
      hint: `nothing is lost; to go on: assume identity rotate ${name}`,
    });
  }
}

/** Does it again while AWS does not know the key yet. */
async function untilKnown(errand: Errand, ask: () => Promise<unknown>): Promise<void> {
  const { host } = errand;
  const end = host.now().getTime() + PATIENCE_MS;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      await ask();
      return;
    } catch (error) {
      const isLate = host.now().getTime() + pauseMs > end;
      if (!isRefusedWith(error, 'InvalidClientTokenId') || isLate) throw error;
    }
    await host.sleep(pauseMs);
  }
}

/** What is known of the user holds for the new key. */
function inherit({ host }: Errand, oldKeyId: string, newKeyId: string): void {
  attempt(host, 'remember whose the new key is', () => {
    const { createdAt: _, ...facts } = readKeyFacts(host, oldKeyId);
    writeLearned(host, newKeyId, { ...facts, rotatedAt: host.now().toISOString() });
  });
}

function gone({ newKeyId }: Rotation): AssumeError {
  return new AssumeError('FAILED', `the new key ${newKeyId ?? ''} is no longer where it was kept`, {
    hint: 'run it again: it takes that key away at AWS and begins anew',
  });
}
