import { authorize } from './authorize.js';
import type { Call } from './call.js';
import { readInteger, validate } from './constraints.js';
import { invalidClientTokenId, Refusal, validationError } from './refusal.js';
import type { User } from './world.js';
import type { XmlObject } from './xml.js';

/**
 * The user that the request names, else the one who signed it, if policies let the caller do it.
 *
 * @throws Refusal `InvalidClientTokenId` for a session token without MFA, which may not call IAM;
 * `AccessDenied`; `NoSuchEntity`.
 */
export function findUser(call: Call): User {
  const { caller } = call;
  refuseBareSession(call);
  validate(call.parameters, [
    { name: 'UserName', length: [1, 128], pattern: String.raw`[\w+=,.@-]+` },
  ]);
  const name = call.parameters['UserName'] ?? caller.user?.name;
  if (name === undefined)
    throw validationError('Must specify userName when calling with non-User credentials');
  const user = caller.account.users.find((one) => one.name === name);
  // The path of a user that is not there is unknown; the policies judge the plain name then.
  authorizeOn(call, userArn(call, user ?? { name, path: '/' }));
  if (!user) throw new Refusal(404, 'NoSuchEntity', `The user with name ${name} cannot be found.`);
  return user;
}

/** @throws Refusal `InvalidClientTokenId` for a session token without MFA, which may not call IAM. */
export function refuseBareSession({ caller }: Call): void {
  if (caller.kind === 'session-token' && !caller.mfaAt) throw invalidClientTokenId();
}

/** @throws Refusal `AccessDenied` where no policy lets the caller do it to that resource. */
export function authorizeOn(call: Call, resource: string): void {
  authorize(call, { action: `iam:${call.action}`, resource, context: {} }, null);
}

export function userArn({ world, caller }: Call, user: Pick<User, 'name' | 'path'>): string {
  return `arn:${world.partition}:iam::${caller.account.id}:user${user.path}${user.name}`;
}

/** A page of the items. The marker is the place of the first item of the page. */
export function paginate<T>(
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
