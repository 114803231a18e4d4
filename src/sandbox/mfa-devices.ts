import { randomBytes } from 'node:crypto';
import { encodeBase32 } from './base32.js';
import type { Call } from './call.js';
import { validate } from './constraints.js';
import { authorizeOn, findUser, paginate, refuseBareSession } from './iam-user.js';
import { qrCodePng } from './qr-code-png.js';
import { Refusal } from './refusal.js';
import { findConsecutiveSteps } from './totp.js';
import type { UnassignedDevice, User } from './world.js';
import type { XmlObject } from './xml.js';

const MOST_DEVICES = 8;
/** What AWS's own virtual devices have: 64 letters. */
const SEED_BYTES = 40;

const SERIAL = {
  name: 'SerialNumber',
  required: true,
  length: [9, 256],
  pattern: String.raw`[\w+=/:,.@-]+`,
} as const;

const code = (name: string) =>
  ({ name, required: true, length: [6, 6], pattern: String.raw`[\d]+` }) as const;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html */
export function listMfaDevices(call: Call): XmlObject {
  const user = findUser(call);
  return paginate(call, 'MFADevices', user.mfaDevices, (device) => ({
    UserName: user.name,
    SerialNumber: device.serial,
    EnableDate: device.enabled,
  }));
}

/**
 * Makes a device that nobody has yet, and tells its seed this once.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html
 */
export function createVirtualMfaDevice(call: Call): XmlObject {
  refuseBareSession(call);
  validate(call.parameters, [
    {
      name: 'VirtualMFADeviceName',
      required: true,
      length: [1, 128],
      pattern: String.raw`[\w+=,.@-]+`,
    },
  ]);
  const { account, principal } = call.caller;
  const { VirtualMFADeviceName: name = '' } = call.parameters;
  const serial = `arn:${call.world.partition}:iam::${account.id}:mfa/${name}`;
  authorizeOn(call, serial);
  if (findUnassigned(call, serial) ?? findOwner(call, serial)) {
    const problem = 'MFADevice entity at the same path and name already exists.';
    throw new Refusal(409, 'EntityAlreadyExists', problem);
  }
  const seed = encodeBase32(randomBytes(SEED_BYTES));
  account.unassignedDevices.push({ serial, seed });
  const user = principal.arn.split('/').pop() ?? '';
  const uri = `otpauth://totp/Amazon%20Web%20Services:${user}@${account.id}?secret=${seed}&issuer=Amazon%20Web%20Services`;
  return {
    VirtualMFADevice: {
      SerialNumber: serial,
      Base32StringSeed: Buffer.from(seed).toString('base64'),
      QRCodePNG: qrCodePng(uri).toString('base64'),
    },
  };
}

/**
 * Gives a device to a user who proves with two codes in a row that they have its seed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html
 */
export function enableMfaDevice(call: Call): XmlObject {
  validate(call.parameters, [
    { name: 'UserName', required: true },
    SERIAL,
    code('AuthenticationCode1'),
    code('AuthenticationCode2'),
  ]);
  const user = findUser(call);
  const device = requireUnassigned(call);
  if (user.mfaDevices.length >= MOST_DEVICES) {
    const quota = `MFADevicesPerUser: ${MOST_DEVICES.toString()}`;
    throw new Refusal(409, 'LimitExceeded', `Cannot exceed quota for ${quota}`);
  }
  const { AuthenticationCode1: first = '', AuthenticationCode2: second = '' } = call.parameters;
  const steps = findConsecutiveSteps(device.seed, first, second, call.now);
  if (!steps) {
    const problem = 'Authentication code for device is not valid.';
    throw new Refusal(403, 'InvalidAuthenticationCode', problem);
  }
  for (const step of steps) call.memory.spentCodes.add(`${device.serial} ${step.toString()}`);
  dropUnassigned(call, device);
  user.mfaDevices.push({ ...device, enabled: call.now });
  return {};
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html */
export function deactivateMfaDevice(call: Call): XmlObject {
  validate(call.parameters, [SERIAL]);
  const user = findUser(call);
  const at = user.mfaDevices.findIndex(({ serial }) => serial === serialOf(call));
  const [device] = at === -1 ? [] : user.mfaDevices.splice(at, 1);
  if (!device) throw new Refusal(404, 'NoSuchEntity', 'MFA Device invalid for user.');
  const { serial, seed } = device;
  const isVirtual = serial.includes(':mfa/') && seed !== null;
  if (isVirtual) call.caller.account.unassignedDevices.push({ serial, seed });
  return {};
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html */
export function deleteVirtualMfaDevice(call: Call): XmlObject {
  refuseBareSession(call);
  validate(call.parameters, [SERIAL]);
  authorizeOn(call, serialOf(call));
  if (findOwner(call, serialOf(call))) {
    const problem = 'MFA VirtualDevice in use. Must deactivate first.';
    throw new Refusal(409, 'DeleteConflict', problem);
  }
  dropUnassigned(call, requireUnassigned(call));
  return {};
}

const serialOf = ({ parameters }: Call): string => parameters['SerialNumber'] ?? '';

function requireUnassigned(call: Call): UnassignedDevice {
  const serial = serialOf(call);
  const device = findUnassigned(call, serial);
  if (device) return device;
  if (findOwner(call, serial))
    throw new Refusal(409, 'EntityAlreadyExists', 'MFA Device is already in use.');
  const problem = `VirtualMFADevice with serial number ${serial} does not exist.`;
  throw new Refusal(404, 'NoSuchEntity', problem);
}

function findUnassigned({ caller }: Call, serial: string): UnassignedDevice | undefined {
  return caller.account.unassignedDevices.find((device) => device.serial === serial);
}

function findOwner({ caller }: Call, serial: string): User | undefined {
  return caller.account.users.find(({ mfaDevices }) =>
    mfaDevices.some((device) => device.serial === serial),
  );
}

function dropUnassigned({ caller }: Call, device: UnassignedDevice): void {
  const { unassignedDevices } = caller.account;
  unassignedDevices.splice(unassignedDevices.indexOf(device), 1);
}
