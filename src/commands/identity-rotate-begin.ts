import { createAccessKey, deleteAccessKey, listAccessKeys } from '../aws/access-keys.js';
import { isAssumeError } from '../errors.js';
import type { Credentials } from '../credentials.js';
import type { Rotation } from '../store/rotations.js';
import { attempt } from '../store/attempt.js';
import { writeLearned } from '../store/learned.js';
import type { Errand } from './identity-rotate-errand.js';
import { makeRoom } from './identity-rotate-room.js';

/**
 * Has AWS make a second key and keeps it beside the first.
 *
 * @returns The rotation so far, with the new key kept.
 * @throws AssumeError AWS_REFUSED where AWS makes none, FAILED where it could not be kept: there is
 * none then. AWS_UNREACHABLE where nobody knows: the next run finds out.
 */
export async function beginRotation(errand: Errand): Promise<Rotation> {
  const { aws, sign, home, host, keys, note, say } = errand;
  await home.prove();
  const listed = await sign((signer) => listAccessKeys(aws, signer));
  const before = await makeRoom(errand, listed);
  const creating: Rotation = {
    phase: 'creating',
    oldKeyId: keys.accessKeyId,
    newKeyId: null,
    keysBefore: before.map(({ accessKeyId }) => accessKeyId),
    at: host.now(),
    notBefore: null,
  };
  note(creating);
  const made = await create(errand);
  const { accessKeyId } = made.credentials;
  await keepOrUndo(errand, made.credentials);
  const kept: Rotation = { ...creating, phase: 'kept', newKeyId: accessKeyId, at: host.now() };
  note(kept);
  say(`made the key ${accessKeyId}, and keep it in ${home.place}`);
  attempt(host, 'remember the age of the key', () => {
    const createdAt = (made.createdAt ?? host.now()).toISOString();
    writeLearned(host, accessKeyId, { createdAt });
  });
  return kept;
}

/** What AWS has refused it has not made. */
async function create({ aws, sign, note }: Errand): ReturnType<typeof createAccessKey> {
  try {
    return await sign((signer) => createAccessKey(aws, signer));
  } catch (error) {
    if (isAssumeError(error) && error.code !== 'AWS_UNREACHABLE') note(null);
    throw error;
  }
}

async function keepOrUndo({ aws, sign, home, note }: Errand, made: Credentials): Promise<void> {
  try {
    await home.keepNext(made);
  } catch (error) {
    await sign((signer) => deleteAccessKey(aws, signer, made.accessKeyId));
    note(null);
    throw error;
  }
}
