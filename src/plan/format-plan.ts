import widthOf from 'fast-string-width';
import { fill } from '../columns.js';
import { formatDuration } from '../config/duration.js';
import { programOf } from '../target/identity-spec.js';
import { formatOrigin, type Identity, type Origin } from '../target/target.js';
import { visible } from '../visible.js';
import { planKey } from './plan-key.js';
import { needsCode, type Hop, type Plan, type PlannedTarget } from './plan.js';

/** Until when each part of the way is cached; `null` for what is not. */
export interface CachedUntil {
  readonly session: Date | null;
  readonly hops: readonly (Date | null)[];
}

/** The plan as `assume plan --json` prints it. */
export function planJson(planned: PlannedTarget, cached: CachedUntil): object {
  const { target, plan, origins } = planned;
  const places = Object.entries(origins).map(([field, { kind, name, file, line }]) => [
    field,
    { kind, name, file, line },
  ]);
  return {
    version: 1,
    target: target.name,
    accountId: target.accountId?.value ?? null,
    roleArn: plan.hops.at(-1)?.roleArn ?? null,
    partition: plan.partition,
    region: target.region?.value ?? null,
    protected: target.isProtected.value,
    reasonDemanded: target.demandsReason.value,
    stsRegion: plan.stsRegion,
    endpoint: plan.endpoint,
    useFipsEndpoint: plan.useFipsEndpoint,
    useDualstackEndpoint: plan.useDualstackEndpoint,
    stsRegionalEndpoints: plan.stsRegionalEndpoints,
    identity: {
      name: target.identity.name,
      source: plan.source,
      accessKeyId: plan.accessKeyId,
      accountId: plan.identityAccountId,
    },
    signer: plan.signer,
    mfa: {
      serial: plan.mfaSerial,
      needed: needsCode(plan),
      maxAgeSeconds: plan.mfaMaxAgeSeconds,
      command: codeFrom(target.identity),
      reason: planned.mfaReason,
    },
    session: { durationSeconds: plan.sessionDurationSeconds, cachedUntil: cached.session },
    cache: target.isCached.value,
    hops: plan.hops.map((hop, index) => ({ ...hop, cachedUntil: cached.hops[index] ?? null })),
    unknown: planned.unknown,
    remarks: planned.remarks,
    origins: Object.fromEntries(places) as object,
    planKey: planKey(plan),
  };
}

/** Where to look, as a person would type it. */
function placeOf(origin: Origin, homeDirectory: string | null): string {
  const { kind, name, file, line } = origin;
  const place = kind === 'default' ? 'default' : formatOrigin({ kind, name, file, line });
  return homeDirectory !== null && place.startsWith(`${homeDirectory}/`)
    ? `~${place.slice(homeDirectory.length)}`
    : place;
}

type Row = readonly [label: string, value: string, origin: Origin | undefined];

/** The plan for a person: a step a block, each value with its place. */
export async function formatPlan(
  planned: PlannedTarget,
  cached: CachedUntil,
  color: boolean,
  homeDirectory: string | null,
): Promise<string> {
  const { Chalk } = await import('chalk');
  const paint = new Chalk({ level: color ? 1 : 0 });
  const rows = [...headRows(planned, cached), ...hopRows(planned, cached)];
  const width = Math.min(72, Math.max(...rows.map(([, value]) => widthOf(value))));
  const lines = rows.map(([label, value, origin]) => {
    const place = origin ? `  ${paint.dim(visible(placeOf(origin, homeDirectory)))}` : '';
    return `${paint.bold(label.padEnd(14))}${fill(value, origin ? width : 0)}${place}`;
  });
  const remarks = planned.remarks.map((remark) => `note: ${visible(remark)}`);
  return `${[...lines, ...remarks].join('\n')}\n`;
}

function headRows(planned: PlannedTarget, cached: CachedUntil): Row[] {
  const { target, plan, origins } = planned;
  const key = plan.accessKeyId === null ? '' : `, ${plan.accessKeyId}`;
  const optional = (label: string, value: string | null | undefined, field: string): Row[] =>
    value === null || value === undefined ? [] : [[label, visible(value), origins[field]]];
  return [
    ['target', visible(target.name), target.origin],
    ...optional('account', target.accountId?.value, 'accountId'),
    ...optional('region', target.region?.value, 'region'),
    ...optional('protected', target.isProtected.value ? 'yes' : null, 'protected'),
    ...optional('reason', target.demandsReason.value ? 'demanded' : null, 'reasonDemanded'),
    ['identity', visible(target.identity.name), origins['identity.name']],
    ['  from', visible(`${plan.source}${key}`), origins['identity.source']],
    ['STS region', plan.stsRegion, origins['stsRegion']],
    ...optional('endpoint', plan.endpoint, 'endpoint'),
    ...optional('FIPS', plan.useFipsEndpoint ? 'yes' : null, 'useFipsEndpoint'),
    ...optional('dual-stack', plan.useDualstackEndpoint ? 'yes' : null, 'useDualstackEndpoint'),
    ...optional('STS endpoint', legacyText(plan), 'stsRegionalEndpoints'),
    ['signed by', SIGNERS[plan.signer], origins['signer']],
    ['', visible(planned.mfaReason), undefined],
    ...optional('MFA device', plan.mfaSerial, 'mfa.serial'),
    ...optional('code from', needsCode(plan) ? codeFrom(target.identity) : null, 'mfa.command'),
    ...optional('MFA age', durationOrNull(plan.mfaMaxAgeSeconds), 'mfa.maxAgeSeconds'),
    ...optional('session', durationOrNull(plan.sessionDurationSeconds), 'session.durationSeconds'),
    ...cachedRow(plan.sessionDurationSeconds === null ? null : cached.session),
    ...(target.isCached.value ? [] : optional('cache', 'no', 'cache')),
  ];
}

/** The program alone: its arguments may hold a secret. */
function codeFrom({ mfaCommand }: Identity): string | null {
  return mfaCommand && (programOf(mfaCommand.value) || 'a command');
}

function legacyText({ stsRegionalEndpoints }: Plan): string | null {
  return stsRegionalEndpoints === 'legacy'
    ? 'legacy: the global one where the region has it'
    : null;
}

const SIGNERS = {
  'mfa-session': 'a session bought with an MFA code',
  'live-session': 'a live MFA session if there is one, else the identity itself',
  'plain-session': 'a session of the identity',
  'keys-and-code': 'the long-term keys, with an MFA code in the request',
  keys: 'the identity itself',
} as const;

function hopRows({ plan, origins }: PlannedTarget, cached: CachedUntil): Row[] {
  return plan.hops.flatMap((hop, index) => [
    ...fieldsOf(hop).map(([label, field, value]): Row => {
      const shown = label === 'role' ? `role ${String(index + 1)}` : `  ${label}`;
      return [shown, visible(value), origins[`hops.${String(index)}.${field}`]];
    }),
    ...cachedRow(cached.hops[index] ?? null),
  ]);
}

function fieldsOf(hop: Hop): [label: string, field: keyof Hop, value: string][] {
  const tags = Object.entries(hop.tags).map(([key, value]) => `${key}=${value}`);
  const rows: [string, keyof Hop, string | null][] = [
    ['role', 'roleArn', hop.roleArn],
    ['session', 'sessionName', hop.sessionName ?? 'your user name, to be asked of AWS once'],
    ['lasts', 'durationSeconds', formatDuration(hop.durationSeconds)],
    ['external ID', 'externalId', hop.externalId],
    ['source', 'sourceIdentity', hop.sourceIdentity],
    ['tags', 'tags', tags.join(', ') || null],
    ['transitive', 'transitiveTagKeys', hop.transitiveTagKeys.join(', ') || null],
    ['policy', 'policy', hop.policy],
    ['policies', 'policyArns', hop.policyArns.join(', ') || null],
  ];
  return rows.flatMap(([label, field, value]) => (value === null ? [] : [[label, field, value]]));
}

function cachedRow(until: Date | null): Row[] {
  return until ? [['  cached', `until ${until.toISOString()}`, undefined]] : [];
}

function durationOrNull(seconds: number | null): string | null {
  return seconds === null ? null : formatDuration(seconds);
}
