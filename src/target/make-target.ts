import type { Options } from '../argv.js';
import { accountOfAccessKey } from '../arn/access-key-account.js';
import { parseRoleArn } from '../arn/role-arn.js';
import type { AwsSection } from '../config/aws-file-parser.js';
import type { Config } from '../config/config.js';
import type { Host } from '../host/host.js';
import { guardsOf, partitionOf, roleArnOf, type CatalogueEntry } from './catalogue.js';
import { findEndpoint } from './find-endpoint.js';
import { findIdentity, startOfBase, type Start } from './find-identity.js';
import { findRegion, findStsRegion } from './find-region.js';
import { readFlagValues, type FlagValues } from './flag-values.js';
import { demanded, least, nearest, settingsOf, type Layers } from './layers.js';
import { lastHop, profileHop, profileSerial } from './make-hop.js';
import { resolveProfileChain } from './profile-chain.js';
import {
  byDefault,
  fromFlag,
  type Given,
  type Identity,
  type Origin,
  type Target,
  type TargetHop,
} from './target.js';

/**
 * Gathers everything that the files, the flags and the environment say of one entry. Pure but for a
 * policy file that a flag names. The order of every lookup: flag, the profile's own key, target,
 * account, customer, role, identity, settings; safeguards take the strictest of all.
 *
 * @throws AssumeError CONFIG_INVALID or USAGE for a value that cannot be.
 */
export function makeTarget(
  config: Config,
  host: Host,
  entry: CatalogueEntry,
  options: Options,
): Target {
  const flags = readFlagValues(options, host);
  const chain = entry.profile && resolveProfileChain(config.aws.profiles, entry.profile.name);
  const start = findStart(config, host, entry, flags);
  const layers: Layers = [...entry.layers, start.section, settingsOf(config)];
  const guards = guardsOf(config, entry);
  const profiles = entry.kind === 'identity' ? [] : [...start.hops, ...(chain?.hops ?? [])];
  const remarks: string[] = [];
  const hops = makeHops({ config, host, entry, flags, start, layers, guards, profiles, remarks });
  const last = hops.at(-1);
  const role = last ? parseRoleArn(last.roleArn.value) : null;
  const written = last && isWritten(entry) ? last.roleArn.origin : null;
  const partition: Given<string> =
    role && written
      ? { value: role.partition, origin: { ...written, kind: 'derived' } }
      : partitionOf(layers);
  return {
    name: entry.name,
    kind: entry.kind,
    origin: entry.origin,
    accountId: role
      ? { value: role.accountId, origin: written ?? originOfAccount(entry) }
      : accountOf(start.identity),
    accountName: entry.accountName,
    customer: entry.customer,
    roleName: role?.roleName ?? null,
    tags: nearest(layers, 'tags')?.value ?? {},
    color: nearest(layers, 'color')?.value ?? null,
    isProtected: demanded([...layers, ...guards], 'protected', true) ?? no('protected'),
    demandsReason: demanded([...layers, ...guards], 'reason', true) ?? no('reason'),
    partition,
    region: flags.region ?? findRegion(layers, chain?.hops.at(-1) ?? chain?.base ?? null, host.env),
    stsRegion: findStsRegion(config, start, host.env, partition.value),
    endpoint: findEndpoint(flags, [start.section, settingsOf(config)], host.env),
    identity: start.identity,
    mfa: nearest(layers, 'mfa'),
    mfaSerial:
      flags.mfaSerial ??
      profileSerial([...start.hops, ...(chain?.hops ?? [])], start.base) ??
      nearest(layers, 'mfaSerial'),
    mfaMaxAgeSeconds: least([...layers, ...guards], 'mfaMaxAge'),
    isCached: isCached(options, [...layers, ...guards]),
    longRoles: nearest(layers, 'longRoles') ?? { value: 'allow', origin: byDefault('longRoles') },
    longTerm: options['long-term'] === true,
    hops,
    remarks,
  };
}

/** The `id` line of a listed account; a typed one has no other place than the command line. */
function originOfAccount(entry: CatalogueEntry): Origin {
  const id = entry.kind === 'catalogue' ? nearest(entry.layers, 'id') : null;
  return id?.origin ?? entry.origin;
}

function findStart(config: Config, host: Host, entry: CatalogueEntry, flags: FlagValues): Start {
  if (flags.identity) return findIdentity(config, host.env, flags.identity);
  if (entry.profile) {
    const { base, hops } = resolveProfileChain(config.aws.profiles, entry.profile.name);
    return startOfBase(config, base, hops[0] ?? null);
  }
  const wanted = nearest([...entry.layers, settingsOf(config)], 'identity');
  return findIdentity(config, host.env, wanted);
}

const no = (name: string): Given<boolean> => ({ value: false, origin: byDefault(name) });

/** The identity's own account: as said, else as its key ID tells, which is good enough to show. */
function accountOf(identity: Identity): Given<string> | null {
  const key = identity.accessKeyId;
  const inKey = key && accountOfAccessKey(key.value);
  return identity.accountId ?? (inKey ? { value: inKey, origin: key.origin } : null);
}

interface HopParts {
  readonly config: Config;
  readonly host: Host;
  readonly entry: CatalogueEntry;
  readonly flags: FlagValues;
  readonly start: Start;
  readonly layers: Layers;
  readonly guards: Layers;
  readonly profiles: readonly AwsSection[];
  readonly remarks: string[];
}

function makeHops(parts: HopParts): TargetHop[] {
  const { config, host, entry, flags, layers, profiles, remarks } = parts;
  const common = {
    sessionName: flags.sessionName ?? nearest(layers, 'sessionName'),
    sourceIdentity: flags.sourceIdentity ?? nearest(layers, 'sourceIdentity'),
  };
  if (entry.kind === 'identity') return [];
  const own = profiles.map((profile) => profileHop(profile, common, flags.sessionName));
  if (entry.profile) {
    const last = own.pop();
    return last
      ? [...own, lastHop(last, flags, layers, [...entry.layers, ...parts.guards], host, remarks)]
      : [];
  }
  const roleArn = roleArnOfEntry(config, entry, layers);
  const bare: TargetHop = {
    roleArn,
    ...common,
    externalId: null,
    durationSeconds: null,
    tags: null,
    transitiveTagKeys: null,
    policy: null,
    policyArns: null,
  };
  return [...own, lastHop(bare, flags, layers, [...entry.layers, ...parts.guards], host, remarks)];
}

function roleArnOfEntry(config: Config, entry: CatalogueEntry, layers: Layers): Given<string> {
  return isWritten(entry) || entry.accountId === null || entry.roleName === null
    ? { value: entry.roleArn ?? '', origin: entry.origin }
    : roleArnOf(config, layers, entry.accountId, entry.roleName, entry.kind === 'catalogue');
}

/** Its ARN stands somewhere as a whole, rather than being put together from account and role. */
function isWritten({ kind, profile, roleArn }: CatalogueEntry): boolean {
  return profile !== null || (kind === 'arn' && roleArn !== null);
}

function isCached(options: Options, layers: Layers): Given<boolean> {
  if (options['no-cache']) return { value: false, origin: fromFlag('--no-cache') };
  return demanded(layers, 'cache', false) ?? { value: true, origin: byDefault('cache') };
}
