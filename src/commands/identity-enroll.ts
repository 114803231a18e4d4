import { isRefusedWith } from '../aws/aws-errors.js';
import {
  createMfaDevice,
  deleteMfaDevice,
  enableMfaDevice,
  listMfaDevices,
  type NewMfaDevice,
} from '../aws/mfa-devices.js';
import { getCallerIdentity } from '../aws/sts.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { HeldSignals } from '../host/host.js';
import { attempt } from '../store/attempt.js';
import { noteHalfMade, readHalfMade } from '../store/half-made.js';
import { writeLearned } from '../store/learned.js';
import { formatOrigin } from '../target/target.js';
import { visible } from '../visible.js';
import { askTwoCodes } from './identity-enroll-codes.js';
import type { Owner } from './identity-owner.js';
import { sayUnlessQuiet } from './say.js';

/** A person mistypes; after the third refusal something else is wrong. */
const TRIES = 3;
/** Devices of a user, which AWS limits, and names left by enrolments that could not be undone. */
const MOST_NAMES = 20;

/**
 * Makes a virtual MFA device, has a person put it on a phone, and enables it. Given up, whether by
 * Ctrl-C, by codes that are wrong or by a terminal that closes, what was made is deleted again.
 *
 * @throws AssumeError MFA_NEEDED where nobody can be asked; MFA_CODE_REFUSED; CANCELLED;
 * AWS_REFUSED.
 */
export async function enrollDevice(owner: Owner): Promise<void> {
  const { host, request, aws, keys } = owner;
  if (request.options['no-input'] || !host.terminal.canAsk) {
    const why = request.options['no-input'] ? '--no-input is given' : host.terminal.whyNot;
    throw new AssumeError('MFA_NEEDED', `a person has to scan the new device's code, and ${why}`, {
      hint: 'run it in a terminal: assume identity mfa --enroll',
    });
  }
  const { arn } = await getCallerIdentity(aws, keys);
  const userName = userNameOf(arn);
  const held = host.processes.holdSignals();
  try {
    await deleteLeftover(owner);
    const device = await createDevice(owner, userName);
    noteHalfMade(host, keys.accessKeyId, device.serial);
    await enableOrDelete(owner, userName, device);
  } finally {
    held.letGo();
    await endBySignal(owner, held);
  }
}

async function endBySignal({ host }: Owner, { received }: HeldSignals): Promise<void> {
  if (received !== null) await host.processes.endAs({ signal: received });
}

function userNameOf(arn: string): string {
  const [, name] = /^arn:[^:]+:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (name !== undefined) return name;
  throw new AssumeError('IDENTITY_INVALID', `${visible(arn)} is no IAM user`, {
    hint: 'the root user and roles have no devices that can be enrolled here',
  });
}

/** What a killed enrolment left. That it cannot be deleted is no reason to stop. */
async function deleteLeftover(owner: Owner): Promise<void> {
  const { host, aws, keys, signUnasked } = owner;
  const serial = readHalfMade(host, keys.accessKeyId);
  if (serial === null) return;
  try {
    await signUnasked((signer) => deleteMfaDevice(aws, signer, serial));
    sayUnlessQuiet(host, owner.request.options, `deleted ${serial}, which was never enabled`);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
  }
  noteHalfMade(host, keys.accessKeyId, null);
}

/** Under the user's name, as AWS's own policies expect; where that is taken, with a number. */
async function createDevice({ aws, sign }: Owner, userName: string): Promise<NewMfaDevice> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? userName : `${userName}-${String(number)}`;
    try {
      return await sign((signer) => createMfaDevice(aws, signer, name));
    } catch (error) {
      if (!isRefusedWith(error, 'EntityAlreadyExists') || number === MOST_NAMES) throw error;
    }
  }
}

async function enableOrDelete(owner: Owner, userName: string, device: NewMfaDevice): Promise<void> {
  try {
    await askAndEnable(owner, userName, device);
  } catch (error) {
    // The answer may have been lost, and not the work.
    if (!(await isEnabled(owner, device))) {
      await deleteAgain(owner, device.serial);
      throw error;
    }
  }
  const { host, request, keys, target } = owner;
  noteHalfMade(host, keys.accessKeyId, null);
  sayUnlessQuiet(host, request.options, `enabled ${device.serial}; its next code starts a session`);
  const configured = target.mfaSerial;
  if (configured) {
    const text = `${formatOrigin(configured.origin)} still names ${configured.value} as the device`;
    sayUnlessQuiet(host, request.options, text);
    return;
  }
  attempt(host, 'remember the MFA device', () => {
    writeLearned(host, keys.accessKeyId, { mfaSerial: device.serial });
  });
}

async function askAndEnable(owner: Owner, userName: string, device: NewMfaDevice): Promise<void> {
  const { host, aws, sign } = owner;
  for (let tries = 1; ; tries++) {
    const codes = await askTwoCodes(host, userName, device);
    try {
      await sign((signer) => enableMfaDevice(aws, signer, userName, device.serial, codes));
      return;
    } catch (error) {
      if (!isRefusedWith(error, 'InvalidAuthenticationCode')) throw error;
      if (tries === TRIES) throw refusedCodes(error);
      host.stderr('assume: AWS refused those codes; type the next two, one after the other\n');
    }
  }
}

async function isEnabled({ aws, keys }: Owner, { serial }: NewMfaDevice): Promise<boolean> {
  try {
    return (await listMfaDevices(aws, keys)).some((device) => device.serial === serial);
  } catch (error) {
    if (isAssumeError(error)) return false;
    throw error;
  }
}

async function deleteAgain(owner: Owner, serial: string): Promise<void> {
  const { host, aws, keys, request, signUnasked } = owner;
  try {
    await signUnasked((signer) => deleteMfaDevice(aws, signer, serial));
    noteHalfMade(host, keys.accessKeyId, null);
    sayUnlessQuiet(host, request.options, `deleted ${serial} again`);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    host.stderr(
      `assume: ${visible(serial)} stays behind, enabled for nobody: ${error.message}\n` +
        `  who may delete it does so with: aws iam delete-virtual-mfa-device --serial-number ${visible(serial)}\n`,
    );
  }
}

function refusedCodes(cause: unknown): AssumeError {
  return new AssumeError('MFA_CODE_REFUSED', 'AWS refused the codes of the new device', {
    cause,
    hint: 'see that the clock of the phone is right, then enrol again',
  });
}
