import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import {
  byDefault,
  type Given,
  type Identity,
  type Origin,
  type Target,
} from '../target/target.js';
import { planDurations } from './plan-durations.js';
import { planMfa, type MfaPlan } from './plan-mfa.js';
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
export function makePlan(target: Target, learned: Learned, renews: boolean): PlannedTarget {
  if (target.longTerm && target.hops.length > 0) {
    throw new AssumeError('USAGE', `${visible(target.name)} is a role: it has no long-term keys`, {
      hint: '--long-term is for a profile or an identity that holds keys',
    });
  }
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
    source: formatSource(target.identity),
    accessKeyId: target.identity.accessKeyId?.value ?? null,
    identityAccountId: target.identity.accountId?.value ?? null,
    partition: target.partition.value,
    stsRegion: target.stsRegion.value,
    endpoint: target.endpoint?.value ?? null,
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
    plan,
    origins: originsOf(target, plan, mfa, userName),
    unknown: [
      ...(needsName ? ['userName' as const] : []),
      ...(needsSerial ? ['mfaSerial' as const] : []),
    ],
    mfaReason: mfa.reason,
    remarks: [...target.remarks, ...durations.remarks],
  };
}

/** Where an identity's credentials come from, in one word such as `profile:base`. */
export function formatSource(identity: Identity): string {
  const source = identity.source.value;
  switch (source.kind) {
    case 'profile':
      return `profile:${source.profile}`;
    case 'keychain':
      return `keychain:${source.identity}`;
    case 'environment':
      return 'environment';
  }
}

function originsOf(
  target: Target,
  plan: Plan,
  mfa: MfaPlan,
  userName: Given<string> | null,
): Record<string, Origin> {
  const { identity } = target;
  const rows: [field: string, given: Given<unknown> | null][] = [
    ['accountId', target.accountId],
    ['region', target.region],
    ['protected', target.isProtected],
    ['reasonDemanded', target.demandsReason],
    ['source', identity.source],
    ['accessKeyId', identity.accessKeyId],
    ['identityAccountId', identity.accountId],
    ['partition', target.partition],
    ['stsRegion', target.stsRegion],
    ['endpoint', target.endpoint],
    ['signer', { value: null, origin: mfa.origin }],
    ['mfaSerial', mfa.serial],
    ['mfaMaxAgeSeconds', target.mfaMaxAgeSeconds],
    [
      'sessionDurationSeconds',
      plan.sessionDurationSeconds === null
        ? null
        : (identity.sessionDurationSeconds ?? unset('sessionDurationSeconds')),
    ],
    ['cache', target.isCached],
    ...target.hops.flatMap((hop, index) =>
      Object.entries(hop).map(([field, given]): [string, Given<unknown> | null] => [
        `hops.${String(index)}.${field}`,
        (given as Given<unknown> | null) ??
          (field === 'sessionName' ? userName : field === 'durationSeconds' ? unset(field) : null),
      ]),
    ),
  ];
  return Object.fromEntries(
    rows.flatMap(([field, given]) => (given ? [[field, given.origin]] : [])),
  );
}

function unset(name: string): Given<null> {
  return { value: null, origin: byDefault(name) };
}
