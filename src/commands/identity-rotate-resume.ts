import { deleteAccessKey, getLastUse, listAccessKeys, type ListedKey } from '../aws/access-keys.js';
import type { Rotation } from '../store/rotations.js';
import type { Errand } from './identity-rotate-errand.js';

/** A key that AWS dates so near to when one was asked for is that one. */
const NEAR_MS = 15 * 60_000;

/**
 * Takes up what an earlier run has left: a rotation whose new key is kept goes on; one of whose key
 * nobody has the secret is undone.
 *
 * @param noted - How far the last run had come; a key that waits tells even without it.
 * @returns The rotation to go on with; `null` where a new one is to be begun.
 */
export async function resumeRotation(
  errand: Errand,
  noted: Rotation | null,
): Promise<Rotation | null> {
  const { home, keys, host, note, say } = errand;
  const { next } = await home.read();
  const inUse = keys.accessKeyId;
  if (noted?.newKeyId === inUse && noted.phase !== 'retired') {
    if (next) await home.dropNext();
    say(`going on with the rotation of ${noted.oldKeyId}`);
    return { ...noted, phase: 'promoted' };
  }
  if (next) {
    say(`going on with the rotation of ${inUse}`);
    const at = host.now();
    const kept: Rotation = {
      ...{ phase: 'kept', oldKeyId: inUse, newKeyId: next.accessKeyId },
      ...{ keysBefore: [inUse], at, notBefore: null },
    };
    // Before it is promoted: then only the note tells which key was the old one.
    note(kept);
    return kept;
  }
  if (noted && noted.phase !== 'retired') {
    await undo(errand, noted);
    note(null);
  }
  return null;
}

/** Deletes the key that was made and whose secret is nowhere. */
async function undo(errand: Errand, noted: Rotation): Promise<void> {
  const { aws, sign, say, keys } = errand;
  const listed = await sign((signer) => listAccessKeys(aws, signer));
  const others = listed.filter(({ accessKeyId }) => accessKeyId !== keys.accessKeyId);
  for (const { accessKeyId } of others.filter((key) => isOrphan(key, noted))) {
    if (await sign((signer) => getLastUse(aws, signer, accessKeyId))) continue;
    await sign((signer) => deleteAccessKey(aws, signer, accessKeyId));
    say(`deleted ${accessKeyId}, which an interrupted rotation had made and nobody has used`);
  }
}

function isOrphan({ accessKeyId, createdAt }: ListedKey, noted: Rotation): boolean {
  if (accessKeyId === noted.newKeyId) return true;
  if (noted.newKeyId !== null || noted.keysBefore.includes(accessKeyId)) return false;
  return createdAt !== null && Math.abs(createdAt.getTime() - noted.at.getTime()) < NEAR_MS;
}
