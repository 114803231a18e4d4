import { deleteAccessKey, getLastUse, listAccessKeys } from '../aws/access-keys.js';
import type { AwsContext } from '../aws/aws-context.js';
import type { Credentials } from '../credentials.js';
import { isAssumeError } from '../errors.js';
import { attempt } from '../store/attempt.js';
import { readRotation, writeRotation, type Rotation } from '../store/rotations.js';
import { singleFlight } from '../store/single-flight.js';
import { findLiveSession } from './get-session.js';
import type { Stage } from './stage.js';

/** So long a key that was rotated away rests deactivated, for whoever may still have needed it. */
const REST_MS = 24 * 3600 * 1000;

/** By so much our clock and AWS's may differ. */
const SKEW_MS = 30 * 60_000;

/** Until when a key rests that is deactivated now. */
export const restUntil = (now: Date): Date => new Date(now.getTime() + REST_MS);

/** What became of a key that was rotated away. */
export type Retirement = 'deleted' | 'gone already' | 'active again' | 'used since';

/**
 * Deletes the key that a rotation has deactivated, unless somebody has needed it since: then it is
 * theirs to look after.
 *
 * @throws AssumeError as `withIam`.
 */
export async function deleteRetired(
  aws: AwsContext,
  signer: Credentials,
  { oldKeyId, at }: Rotation,
): Promise<Retirement> {
  const keys = await listAccessKeys(aws, signer);
  const old = keys.find(({ accessKeyId }) => accessKeyId === oldKeyId);
  if (!old) return 'gone already';
  if (old.isActive) return 'active again';
  const use = await getLastUse(aws, signer, oldKeyId);
  if (use && use.at.getTime() > at.getTime() + SKEW_MS) return 'used since';
  await deleteAccessKey(aws, signer, oldKeyId);
  return 'deleted';
}

/**
 * The same at a use of the identity a day after the rotation, where no code is needed for it. That it
 * cannot be done is told once a day and stops nobody.
 */
export async function deleteRetiredInPassing(stage: Stage, identity: Credentials): Promise<void> {
  const { host, planned } = stage;
  const { source } = planned.plan;
  if (!isDue(stage, readRotation(host, source))) return;
  await singleFlight(stage, `rotate-${source}`, 'delete an old access key', async () => {
    const rotation = readRotation(host, source);
    if (!rotation || !isDue(stage, rotation)) return;
    const signer = (await findLiveSession(stage, identity))?.credentials ?? identity;
    try {
      const outcome = await deleteRetired(stage.aws, signer, rotation);
      end(stage, rotation, outcome);
    } catch (error) {
      if (!isAssumeError(error)) throw error;
      host.stderr(`assume: could not delete the old key ${rotation.oldKeyId}: ${error.message}\n`);
      postpone(stage, rotation);
    }
  });
}

function isDue({ host }: Stage, rotation: Rotation | null): boolean {
  if (rotation?.phase !== 'retired') return false;
  return rotation.notBefore === null || host.now() >= rotation.notBefore;
}

function end({ host, options, planned }: Stage, { oldKeyId }: Rotation, outcome: Retirement): void {
  attempt(host, 'note that the old key is gone', () => {
    writeRotation(host, planned.plan.source, null);
  });
  if (!options.quiet) host.stderr(`assume: ${tellRetirement(oldKeyId, outcome)}\n`);
}

/** One line for people. */
export function tellRetirement(oldKeyId: string, outcome: Retirement): string {
  switch (outcome) {
    case 'deleted':
      return `deleted the old key ${oldKeyId}`;
    case 'gone already':
      return `the old key ${oldKeyId} was deleted already`;
    case 'active again':
      return `the old key ${oldKeyId} was made active again, so it is left alone`;
    case 'used since':
      return `the old key ${oldKeyId} was used after it was deactivated, so it is left alone`;
  }
}

function postpone({ host, planned }: Stage, rotation: Rotation): void {
  attempt(host, 'note that the old key remains', () => {
    const notBefore = restUntil(host.now());
    writeRotation(host, planned.plan.source, { ...rotation, notBefore });
  });
}
