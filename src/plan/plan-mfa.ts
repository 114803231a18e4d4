import { formatDuration } from '../config/duration.js';
import { temporaryCredentials } from '../target/source-words.js';
import { byDefault, fromFlag, type Given, type Origin, type Target } from '../target/target.js';
import type { Learned, Signer } from './plan.js';

export interface MfaPlan {
  readonly signer: Signer;
  readonly isRequired: boolean;
  readonly serial: Given<string> | null;
  /** What decided the signer. */
  readonly origin: Origin;
  readonly reason: string;
}

/**
 * Decides whether MFA is used: where a serial is configured, where it is demanded, or where a live
 * session may serve; `mfa = never` ends it, and temporary credentials cannot buy it.
 *
 * @param isDirect - The role is assumed with the long-term keys, to last longer than an hour.
 */
export function planMfa(target: Target, learned: Learned, isDirect: boolean): MfaPlan {
  const keys = { signer: 'keys', isRequired: false, serial: null } as const;
  if (target.longTerm) {
    return {
      ...keys,
      origin: fromFlag('--long-term'),
      reason: 'the long-term keys are handed over',
    };
  }
  if (target.mfa?.value === 'never') {
    const signer = needsSession(target) ? 'plain-session' : 'keys';
    return { ...keys, signer, origin: target.mfa.origin, reason: 'mfa = never' };
  }
  const demand = demandOf(target);
  if (target.identity.isTemporary) {
    return {
      ...keys,
      isRequired: target.mfa?.value === 'required',
      origin: target.identity.source.origin,
      reason: `${target.identity.name} holds ${temporaryCredentials(target.identity)}, which can buy no MFA session`,
    };
  }
  const serial = target.mfaSerial ?? learned.mfaSerial;
  if (demand) {
    const signer = isDirect ? 'keys-and-code' : 'mfa-session';
    return { signer, isRequired: true, serial, origin: demand.origin, reason: demand.reason };
  }
  const signer = isDirect ? 'keys' : target.hops.length === 0 ? 'plain-session' : 'live-session';
  return {
    signer,
    isRequired: false,
    serial: isDirect ? null : serial,
    origin: byDefault('mfa'),
    reason: 'nothing asks for MFA; a live MFA session is used where there is one',
  };
}

function needsSession(target: Target): boolean {
  return target.hops.length === 0 && !target.identity.isTemporary;
}

function demandOf(target: Target): { origin: Origin; reason: string } | null {
  const { mfa, mfaMaxAgeSeconds: age, mfaSerial: serial } = target;
  if (mfa?.value === 'required') return { origin: mfa.origin, reason: 'mfa = required' };
  if (age) {
    return { origin: age.origin, reason: `mfa_max_age = ${formatDuration(age.value)}` };
  }
  return serial && { origin: serial.origin, reason: 'an MFA serial is configured' };
}
