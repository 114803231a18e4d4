import { Secret, type Credentials } from '../credentials.js';
import type { AwsContext } from './aws-context.js';
import { callDeadline } from './call-deadline.js';
import { ONCE, REPEATABLE, withIam } from './iam.js';
import { notAws } from './not-aws.js';

/** A device of the caller. */
export interface MfaDevice {
  readonly serial: string;
  readonly enabledAt: Date | null;
}

/**
 * The caller's own MFA devices, FIDO keys among them.
 *
 * @throws AssumeError AWS_REFUSED when the user may not list them; others as `withIam`.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html
 */
export async function listMfaDevices(
  context: AwsContext,
  signer: Credentials,
): Promise<readonly MfaDevice[]> {
  const wanted = 'list the MFA devices of this identity';
  return withIam(context, signer, wanted, REPEATABLE, async (client, sdk) => {
    const devices: MfaDevice[] = [];
    for await (const page of sdk.paginateListMFADevices({ client }, {}, callDeadline())) {
      for (const { SerialNumber: serial, EnableDate } of page.MFADevices ?? []) {
        if (serial !== undefined) devices.push({ serial, enabledAt: EnableDate ?? null });
      }
    }
    return devices;
  });
}

/** A virtual device that no user has yet. */
export interface NewMfaDevice {
  readonly serial: string;
  /** Base32, as a phone takes it. */
  readonly seed: Secret;
}

/**
 * Makes a virtual device; AWS tells its seed this once.
 *
 * @throws AssumeError as `withIam`; an `AwsRefusal` EntityAlreadyExists where the name is taken.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html
 */
export async function createMfaDevice(
  context: AwsContext,
  signer: Credentials,
  name: string,
): Promise<NewMfaDevice> {
  const wanted = `create the MFA device ${name}`;
  const input = { VirtualMFADeviceName: name };
  const { VirtualMFADevice: made } = await withIam(context, signer, wanted, ONCE, (client, sdk) =>
    client.send(new sdk.CreateVirtualMFADeviceCommand(input), callDeadline()),
  );
  const seed = Buffer.from(made?.Base32StringSeed ?? []).toString('latin1');
  if (!made?.SerialNumber || !/^[A-Z2-7]+=*$/.test(seed)) throw notAws(wanted);
  return { serial: made.SerialNumber, seed: new Secret(seed) };
}

/**
 * Gives a device to a user, by two codes in a row.
 *
 * @throws AssumeError as `withIam`; an `AwsRefusal` InvalidAuthenticationCode for other codes.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html
 */
export async function enableMfaDevice(
  context: AwsContext,
  signer: Credentials,
  userName: string,
  serial: string,
  codes: readonly [string, string],
): Promise<void> {
  const input = {
    UserName: userName,
    SerialNumber: serial,
    AuthenticationCode1: codes[0],
    AuthenticationCode2: codes[1],
  };
  await withIam(context, signer, `enable ${serial}`, ONCE, (client, sdk) =>
    client.send(new sdk.EnableMFADeviceCommand(input), callDeadline()),
  );
}

/** Deletes a virtual device that no user has. @throws AssumeError as `withIam`. */
export async function deleteMfaDevice(
  context: AwsContext,
  signer: Credentials,
  serial: string,
): Promise<void> {
  const input = { SerialNumber: serial };
  await withIam(context, signer, `delete ${serial}`, REPEATABLE, (client, sdk) =>
    client.send(new sdk.DeleteVirtualMFADeviceCommand(input), callDeadline()),
  );
}
