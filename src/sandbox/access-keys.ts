import { randomBytes } from 'node:crypto';
import { makeAccessKeyId } from './access-key-id.js';
import { notAuthorized } from './authorize.js';
import type { Call } from './call.js';
import { validate } from './constraints.js';
import { authorizeOn, findUser, paginate, refuseBareSession, userArn } from './iam-user.js';
import { Refusal } from './refusal.js';
import type { AccessKey, User } from './world.js';
import type { XmlObject } from './xml.js';

const MOST_KEYS = 2;

const KEY_ID = {
  name: 'AccessKeyId',
  required: true,
  length: [16, 128],
  pattern: String.raw`[\w]+`,
} as const;

export function listAccessKeys(call: Call): XmlObject {
  const user = findUser(call);
  return paginate(call, 'AccessKeyMetadata', user.accessKeys, (key) => metadata(user, key));
}

/**
 * Makes a key, active at once; the rest of AWS knows it after the world's `newKeyDelay`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
 */
export function createAccessKey(call: Call): XmlObject {
  const user = findUser(call);
  if (user.accessKeys.length >= MOST_KEYS) {
    const quota = `AccessKeysPerUser: ${MOST_KEYS.toString()}`;
    throw new Refusal(409, 'LimitExceeded', `Cannot exceed quota for ${quota}`);
  }
  const key: AccessKey = {
    id: makeAccessKeyId('AKIA', call.caller.account.id),
    secret: randomBytes(30).toString('base64'),
    isActive: true,
    created: call.now,
  };
  user.accessKeys.push(key);
  const { seconds, requests } = call.world.newKeyDelay;
  const knownFrom = new Date(call.now.getTime() + seconds * 1000);
  call.memory.newKeys.set(key.id, { knownFrom, refusals: requests });
  return { AccessKey: { ...metadata(user, key), SecretAccessKey: key.secret } };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export function updateAccessKey(call: Call): XmlObject {
  const user = findUser(call);
  validate(call.parameters, [
    KEY_ID,
    { name: 'Status', required: true, pattern: 'Active|Inactive' },
  ]);
  findKey(call, user).isActive = call.parameters['Status'] === 'Active';
  return {};
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html */
export function deleteAccessKey(call: Call): XmlObject {
  const user = findUser(call);
  validate(call.parameters, [KEY_ID]);
  user.accessKeys.splice(user.accessKeys.indexOf(findKey(call, user)), 1);
  return {};
}

/**
 * When, where and for what a key last signed a request that was accepted; a use that IAM does not
 * tell of yet hides those before. A key that the account
 * does not have is as forbidden as another user's.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html
 */
export function getAccessKeyLastUsed(call: Call): XmlObject {
  refuseBareSession(call);
  validate(call.parameters, [KEY_ID]);
  const { AccessKeyId: id = '' } = call.parameters;
  const user = call.caller.account.users.find((one) => one.accessKeys.some((key) => key.id === id));
  if (!user) {
    const wish = { action: `iam:${call.action}`, resource: `access key ${id}`, context: {} };
    throw notAuthorized(call, wish, '');
  }
  authorizeOn(call, userArn(call, user));
  const last = call.memory.lastUses.get(id);
  const toldUntil = call.now.getTime() - call.world.lastUseDelaySeconds * 1000;
  const use = last && last.at.getTime() <= toldUntil ? last : null;
  return {
    UserName: user.name,
    AccessKeyLastUsed: {
      LastUsedDate: use?.at ?? null,
      ServiceName: use?.service ?? 'N/A',
      Region: use?.region ?? 'N/A',
    },
  };
}

function findKey(call: Call, user: User): AccessKey {
  const { AccessKeyId: id = '' } = call.parameters;
  const key = user.accessKeys.find((one) => one.id === id);
  if (key) return key;
  throw new Refusal(404, 'NoSuchEntity', `The Access Key with id ${id} cannot be found.`);
}

function metadata(user: User, key: AccessKey): XmlObject {
  return {
    UserName: user.name,
    AccessKeyId: key.id,
    Status: key.isActive ? 'Active' : 'Inactive',
    CreateDate: key.created,
  };
}
