import { authorize } from './authorize.js';
import type { Action, Call } from './call.js';
import { readInteger, validate } from './constraints.js';
import { invalidClientTokenId, Refusal, validationError } from './refusal.js';
import type { User } from './world.js';
import type { XmlObject } from './xml.js';

/** The calls of IAM that the sandbox answers, by name. */
export const IAM_ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['GetUser', getUser],
  ['ListMFADevices', listMfaDevices],
  ['ListAccessKeys', listAccessKeys],
]);

function getUser(call: Call): XmlObject {
  const user = findUser(call);
  return {
    User: {
      Path: user.path,
      UserName: user.name,
      UserId: user.id,
      Arn: userArn(call, user),
      CreateDate: user.created,
    },
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html */
function listMfaDevices(call: Call): XmlObject {
  const user = findUser(call);
  return paginate(call, 'MFADevices', user.mfaDevices, (device) => ({
    UserName: user.name,
    SerialNumber: device.serial,
    EnableDate: device.enabled,
  }));
}

function listAccessKeys(call: Call): XmlObject {
  const user = findUser(call);
  return paginate(call, 'AccessKeyMetadata', user.accessKeys, (key) => ({
    UserName: user.name,
    AccessKeyId: key.id,
    Status: key.isActive ? 'Active' : 'Inactive',
    CreateDate: key.created,
  }));
}

/**
 * The user that the request names, else the one who signed it, if policies let the caller ask.
 *
 * @throws Refusal `InvalidClientTokenId` for a session token without MFA, which may not call IAM.
 */
function findUser(call: Call): User {
  const { caller } = call;
  if (caller.kind === 'session-token' && !caller.mfaAt) throw invalidClientTokenId();
  validate(call.parameters, [
    { name: 'UserName', length: [1, 128], pattern: String.raw`[\w+=,.@-]+` },
  ]);
  const name = call.parameters['UserName'] ?? caller.user?.name;
  if (name === undefined)
    throw validationError('Must specify userName when calling with non-User credentials');
  const user = caller.account.users.find((one) => one.name === name);
  // The path of a user that is not there is unknown; the policies judge the plain name then.
  const resource = userArn(call, user ?? { name, path: '/' });
  authorize(call, { action: `iam:${call.action}`, resource, context: {} }, null);
  if (!user) throw new Refusal(404, 'NoSuchEntity', `The user with name ${name} cannot be found.`);
  return user;
}

/** A page of the items. The marker is the place of the first item of the page. */
function paginate<T>(
  call: Call,
  listName: string,
  items: readonly T[],
  format: (item: T) => XmlObject,
): XmlObject {
  validate(call.parameters, [
    { name: 'MaxItems', range: [1, 1000] },
    { name: 'Marker', length: [1, 320], pattern: String.raw`[0-9]+` },
  ]);
  const start = readInteger(call.parameters['Marker'], 0);
  const wanted = readInteger(call.parameters['MaxItems'], call.world.pageSize);
  const end = start + Math.min(wanted, call.world.pageSize);
  const isTruncated = end < items.length;
  return {
    [listName]: items.slice(start, end).map(format),
    IsTruncated: isTruncated,
    Marker: isTruncated ? end : null,
  };
}

function userArn({ world, caller }: Call, user: Pick<User, 'name' | 'path'>): string {
  return `arn:${world.partition}:iam::${caller.account.id}:user${user.path}${user.name}`;
}
