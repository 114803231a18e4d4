import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import type { Target } from '../target/target.js';
import { formatSpec } from '../target/identity-spec.js';
import { planDurations } from './plan-durations.js';
import { planMfa } from './plan-mfa.js';
import { planOrigins } from './plan-origins.js';
import type { Hop, Learned, Plan, PlannedTarget } from './plan.js';
import { formatSessionName } from './session-name.js';

/** STS's own default for GetSessionToken. */
const SESSION_SECONDS = 43_200;

/**
 * Lays out the way from the identity to the target. Pure: equal arguments give equal plans.
 *
 * @param renews - The delivery can fetch new credentials by itself, so an hour at a time will do.
 * @throws AssumeError USAGE when long-term keys are asked of a role.
 */
export function makePlan(unsettled: Target, learned: Learned, renews: boolean): PlannedTarget {
  if (unsettled.longTerm && unsettled.hops.length > 0) {
    throw new AssumeError(
      'USAGE',
      `${visible(unsettled.name)} is a role: it has no long-term keys`,
      {
        hint: '--long-term is for a profile or an identity that holds keys',
      },
    );
  }
  const target = settle(unsettled, learned);
  const durations = planDurations(target, renews);
  const mfa = planMfa(target, learned, durations.isDirect);
  const userName = target.identity.userName ?? learned.userName;
  const hops = target.hops.map((hop, index): Hop => ({
    roleArn: hop.roleArn.value,
    sessionName: formatSessionName(hop.sessionName?.value ?? '{user}', userName?.value ?? null),
    externalId: hop.externalId?.value ?? null,
    sourceIdentity: hop.sourceIdentity?.value ?? null,
    durationSeconds: durations.hopSeconds[index] ?? 0,
    tags: hop.tags?.value ?? {},
    transitiveTagKeys: hop.transitiveTagKeys?.value ?? [],
    policy: hop.policy?.value ?? null,
    policyArns: hop.policyArns?.value ?? [],
  }));
  const makesSession = mfa.signer !== 'keys' && mfa.signer !== 'keys-and-code';
  const plan: Plan = {
    source: formatSpec(target.identity.source.value),
    accessKeyId: target.identity.accessKeyId?.value ?? null,
    identityAccountId: target.identity.accountId?.value ?? null,
    partition: target.partition.value,
    stsRegion: target.stsRegion.value,
    endpoint: target.endpoint?.value ?? null,
    useFipsEndpoint: target.useFipsEndpoint.value,
    useDualstackEndpoint: target.useDualstackEndpoint.value,
    stsRegionalEndpoints: target.stsRegionalEndpoints.value,
    signer: mfa.signer,
    mfaSerial: mfa.serial?.value ?? null,
    mfaMaxAgeSeconds: target.mfaMaxAgeSeconds?.value ?? null,
    sessionDurationSeconds: makesSession
      ? (target.identity.sessionDurationSeconds?.value ?? SESSION_SECONDS)
      : null,
    hops,
  };
  const needsName = hops.some((hop) => hop.sessionName === null);
  const needsSerial = mfa.isRequired && mfa.serial === null && !target.identity.isTemporary;
  return {
    target,
    unsettled,
    plan,
    origins: planOrigins(target, plan, mfa, userName),
    unknown: [
      ...(plan.accessKeyId === null ? ['accessKeyId' as const] : []),
      ...(needsName ? ['userName' as const] : []),
      ...(needsSerial ? ['mfaSerial' as const] : []),
    ],
    mfaReason: mfa.reason,
    remarks: [...target.remarks, ...durations.remarks],
  };
}

/** The target with what its source told when it was read last, where only that tells. */
function settle(target: Target, learned: Learned): Target {
  const { identity } = target;
  const accessKeyId = identity.accessKeyId ?? learned.accessKeyId;
  const isTemporary = identity.isTemporary ?? learned.isTemporary;
  return { ...target, identity: { ...identity, accessKeyId, isTemporary } };
}
