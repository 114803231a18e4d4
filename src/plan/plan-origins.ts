import { byDefault, type Given, type Origin, type Target } from '../target/target.js';
import type { MfaPlan } from './plan-mfa.js';
import type { Plan } from './plan.js';

/**
 * Where each value of the plan came from, by its path in the JSON that `assume plan --json` prints:
 * `mfa.serial`, `hops.0.roleArn`. A value that is absent has none.
 */
export function planOrigins(
  target: Target,
  plan: Plan,
  mfa: MfaPlan,
  userName: Given<string> | null,
): Record<string, Origin> {
  const { identity } = target;
  const rows: Row[] = [
    ['accountId', target.accountId],
    ['region', target.region],
    ['protected', target.isProtected],
    ['reasonDemanded', target.demandsReason],
    ['identity.name', { origin: target.chosenBy }],
    ['identity.source', identity.source],
    ['identity.accessKeyId', identity.accessKeyId],
    ['identity.accountId', identity.accountId],
    ['partition', target.partition],
    ['stsRegion', target.stsRegion],
    ['endpoint', target.endpoint],
    ['useFipsEndpoint', target.useFipsEndpoint],
    ['useDualstackEndpoint', target.useDualstackEndpoint],
    ['stsRegionalEndpoints', target.stsRegionalEndpoints],
    ['signer', mfa],
    ['mfa.serial', mfa.serial],
    ['mfa.command', identity.mfaCommand],
    ['mfa.maxAgeSeconds', target.mfaMaxAgeSeconds],
    ['session.durationSeconds', sessionDuration(target, plan)],
    ['cache', target.isCached],
    ...hopRows(target, userName),
  ];
  return Object.fromEntries(
    rows.flatMap(([field, given]) => (given ? [[field, given.origin]] : [])),
  );
}

type Row = [field: string, given: Pick<Given<unknown>, 'origin'> | null];

function sessionDuration({ identity }: Target, plan: Plan): Row[1] {
  if (plan.sessionDurationSeconds === null) return null;
  return identity.sessionDurationSeconds ?? { origin: byDefault('session_duration') };
}

function hopRows({ hops }: Target, userName: Given<string> | null): Row[] {
  return hops.flatMap((hop, index) =>
    Object.entries({
      ...hop,
      sessionName: hop.sessionName ?? userName,
      durationSeconds: hop.durationSeconds ?? { origin: byDefault('duration') },
    }).map(([field, given]): Row => [`hops.${String(index)}.${field}`, given]),
  );
}
