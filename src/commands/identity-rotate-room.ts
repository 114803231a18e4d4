import { deleteAccessKey, getLastUse, type ListedKey } from '../aws/access-keys.js';
import { AssumeError, isAssumeError } from '../errors.js';
import { readRotation } from '../store/rotations.js';
import { visible } from '../visible.js';
import type { Errand } from './identity-rotate-errand.js';

/** AWS's own limit. */
const MOST_KEYS = 2;

/**
 * Sees to it that AWS can make another key: where there are two, a person may have the other one
 * deleted.
 *
 * @returns The keys that are left.
 * @throws AssumeError FAILED where there are two and nobody can be asked; CANCELLED.
 */
export async function makeRoom(
  errand: Errand,
  listed: readonly ListedKey[],
): Promise<readonly ListedKey[]> {
  const { keys, aws, sign, say } = errand;
  const other = listed.find(({ accessKeyId }) => accessKeyId !== keys.accessKeyId);
  if (!other || listed.length < MOST_KEYS) return listed;
  const about = await describe(errand, other);
  await agreeToDelete(errand, other, about);
  await sign((signer) => deleteAccessKey(aws, signer, other.accessKeyId));
  say(`deleted ${other.accessKeyId}`);
  return listed.filter((key) => key !== other);
}

/** `AKIA…, inactive, made 2024-01-02, last used 2024-05-06 by s3`. */
async function describe(errand: Errand, key: ListedKey): Promise<string> {
  const { accessKeyId, isActive, createdAt } = key;
  const noted = readRotation(errand.host, errand.source);
  const isOurs = noted?.phase === 'retired' && noted.oldKeyId === accessKeyId;
  return [
    accessKeyId,
    isActive ? 'active' : isOurs ? `deactivated ${dayOf(noted.at)} by assume` : 'inactive',
    createdAt && `made ${dayOf(createdAt)}`,
    await lastUseOf(errand, accessKeyId),
  ]
    .filter((part) => part !== null)
    .join(', ');
}

async function lastUseOf({ aws, sign }: Errand, accessKeyId: string): Promise<string | null> {
  try {
    const use = await sign((signer) => getLastUse(aws, signer, accessKeyId));
    return use ? `last used ${dayOf(use.at)} by ${visible(use.service)}` : 'never used';
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return null;
  }
}

async function agreeToDelete(
  { host, request, target }: Errand,
  { accessKeyId }: ListedKey,
  about: string,
): Promise<void> {
  const name = visible(target.identity.name);
  const problem = `${name} has two access keys, the most that AWS allows; the other one is ${about}`;
  if (request.options['no-input'] || !host.terminal.canAsk) throw twoKeys(problem, accessKeyId);
  host.stderr(`assume: ${problem}\n`);
  const isAgreed = await host.terminal.choose('Delete the other key?', [
    { name: 'no, stop here', value: false, haystack: 'no, stop here' },
    { name: `yes, delete ${accessKeyId}`, value: true, haystack: `yes, delete ${accessKeyId}` },
  ]);
  if (!isAgreed) throw new AssumeError('CANCELLED', 'nothing was changed');
}

function twoKeys(problem: string, accessKeyId: string): AssumeError {
  return new AssumeError('FAILED', problem, {
    hint: `if nothing needs it: aws iam delete-access-key --access-key-id ${accessKeyId}; or run this in a terminal, which offers it`,
  });
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
