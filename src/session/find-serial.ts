import { parseMfaSerial } from '../arn/mfa-serial.js';
import type { AwsContext } from '../aws/aws-context.js';
import { listMfaDevices } from '../aws/mfa-devices.js';
import type { Options } from '../argv.js';
import type { Credentials } from '../credentials.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { visible } from '../visible.js';

/**
 * The MFA device of the identity's user, from AWS: the only one that STS can use, else the one that
 * the user picks, else, where AWS will not list them, the one that the user names.
 *
 * @param whose - The identity's name, for the person who has several.
 * @throws AssumeError MFA_NEEDED when there is none, or several and nobody to ask.
 */
export async function findSerial(
  context: AwsContext,
  signer: Credentials,
  options: Options,
  whose: string,
): Promise<string> {
  const { host } = context;
  const mayAsk = !options['no-input'] && host.terminal.canAsk;
  const listed = await listOrNull(context, signer);
  if (listed === null) return askSerial(host, whose, mayAsk);
  const usable = listed.filter((serial) => parseMfaSerial(serial) !== 'fido');
  const [only, second] = usable;
  if (only === undefined) throw noDevice(whose, listed.length > 0);
  if (second === undefined) return only;
  if (!mayAsk) throw severalDevices(whose, usable);
  const choices = usable.map((serial) => ({
    name: visible(serial),
    value: serial,
    haystack: serial.toLowerCase(),
  }));
  return host.terminal.choose(`Which MFA device of ${visible(whose)}?`, choices);
}

async function listOrNull(
  context: AwsContext,
  signer: Credentials,
): Promise<readonly string[] | null> {
  try {
    return (await listMfaDevices(context, signer)).map(({ serial }) => serial);
  } catch (error) {
    if (isAssumeError(error) && error.code === 'AWS_REFUSED') return null;
    throw error;
  }
}

async function askSerial(host: Host, whose: string, mayAsk: boolean): Promise<string> {
  const hint = 'add mfa_serial = arn:aws:iam::ACCOUNT:mfa/NAME to the profile or the identity';
  if (!mayAsk) {
    const why = 'AWS does not let its user list them';
    const problem = `the MFA device of identity ${visible(whose)} is not known: ${why}`;
    throw new AssumeError('MFA_NEEDED', problem, { hint });
  }
  const serial = (
    await host.terminal.askText(`ARN or serial number of the MFA device of ${visible(whose)}:`)
  ).trim();
  const kind = parseMfaSerial(serial);
  if (kind === 'virtual' || kind === 'hardware') return serial;
  throw new AssumeError('MFA_NEEDED', `${visible(serial)} is no MFA device for STS`, { hint });
}

function noDevice(whose: string, hasFido: boolean): AssumeError {
  const user = `the user of identity ${visible(whose)}`;
  return hasFido
    ? new AssumeError('MFA_NEEDED', `${user} has only FIDO keys, which STS cannot use`, {
        hint: 'register a TOTP device beside them in the IAM console',
      })
    : new AssumeError('MFA_NEEDED', `MFA is needed and ${user} has no MFA device`, {
        hint: 'register a TOTP device in the IAM console',
      });
}

function severalDevices(whose: string, serials: readonly string[]): AssumeError {
  return new AssumeError(
    'MFA_NEEDED',
    `the user of identity ${visible(whose)} has several MFA devices: ${serials.map(visible).join(', ')}`,
    { hint: 'name one as mfa_serial, or run assume login in a terminal and pick it once' },
  );
}
