import {
  createAccessKey,
  deleteAccessKey,
  getAccessKeyLastUsed,
  listAccessKeys,
  updateAccessKey,
} from './access-keys.js';
import type { Action, Call } from './call.js';
import { findUser, userArn } from './iam-user.js';
import {
  createVirtualMfaDevice,
  deactivateMfaDevice,
  deleteVirtualMfaDevice,
  enableMfaDevice,
  listMfaDevices,
} from './mfa-devices.js';
import type { XmlObject } from './xml.js';

/** The calls of IAM that the sandbox answers, by name. */
export const IAM_ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['GetUser', getUser],
  ['ListAccessKeys', listAccessKeys],
  ['CreateAccessKey', createAccessKey],
  ['UpdateAccessKey', updateAccessKey],
  ['DeleteAccessKey', deleteAccessKey],
  ['GetAccessKeyLastUsed', getAccessKeyLastUsed],
  ['ListMFADevices', listMfaDevices],
  ['CreateVirtualMFADevice', createVirtualMfaDevice],
  ['EnableMFADevice', enableMfaDevice],
  ['DeactivateMFADevice', deactivateMfaDevice],
  ['DeleteVirtualMFADevice', deleteVirtualMfaDevice],
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
