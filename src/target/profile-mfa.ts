import { explainMfaSerial } from '../arn/mfa-serial.js';
import type { AwsSection } from '../config/aws-file.js';
import { checkedValue, givenValue } from './profile-value.js';
import type { Given } from './target.js';

/**
 * The MFA serial that a chain's profiles name. A role and its base serve each other, unlike in the
 * SDKs, so that the code is asked once and at the base.
 *
 * @param chain - From the base to the target: the nearest to the target goes first.
 * @throws AssumeError CONFIG_INVALID with file and line for what is no MFA device.
 */
export function profileSerial(chain: readonly AwsSection[]): Given<string> | null {
  return nearestOf(chain, (profile) => checkedValue(profile, 'mfa_serial', explainMfaSerial));
}

/** The command that prints a code, as aws-vault names it: `mfa_process`. */
export function profileMfaCommand(chain: readonly AwsSection[]): Given<string> | null {
  return nearestOf(chain, (profile) => givenValue(profile, 'mfa_process'));
}

function nearestOf(
  chain: readonly AwsSection[],
  read: (profile: AwsSection) => Given<string> | null,
): Given<string> | null {
  for (const profile of chain.toReversed()) {
    const found = read(profile);
    if (found) return found;
  }
  return null;
}
