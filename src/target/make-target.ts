import type { Options } from '../argv.js';
import { accountOfAccessKey } from '../arn/access-key-account.js';
import { parseRoleArn } from '../arn/role-arn.js';
import type { Config } from '../config/config.js';
import type { Host } from '../host/host.js';
import type { CatalogueEntry } from './catalogue.js';
import { findConnection } from './find-connection.js';
import type { Start } from './make-start.js';
import { findRegion, regionOfIdentity } from './find-region.js';
import { findStart } from './find-start.js';
import { readFlagValues } from './flag-values.js';
import { demanded, least, nearest, settingsOf, type Layers } from './layers.js';
import { partitionOf } from './listed-role-arn.js';
import { isWritten, makeHops } from './make-hops.js';
import { resolveProfileChain } from './profile-chain.js';
import { profileMfaCommand, profileSerial } from './profile-mfa.js';
import { guardsOf } from './role-layers.js';
import {
  byDefault,
  fromFlag,
  type Given,
  type Identity,
  type Origin,
  type Target,
} from './target.js';

/**
 * Gathers everything that the files, the flags and the environment say of one entry. Pure but for a
 * policy file that a flag names. The order of every lookup: flag, the profile's own key, target,
 * account, customer, role, identity, settings; safeguards take the strictest of all.
 *
 * @param from - What it starts from; `null` leaves that to the same lookup.
 * @throws AssumeError CONFIG_INVALID or USAGE for a value that cannot be.
 */
export function makeTarget(
  config: Config,
  host: Host,
  entry: CatalogueEntry,
  options: Options,
  from: Start | null = null,
): Target {
  const flags = readFlagValues(options, host);
  const chain = entry.profile && resolveProfileChain(config.aws, host.env, entry.profile.name);
  const start = from
    ? { ...from, chosenBy: from.identity.source.origin }
    : findStart(config, host, entry, flags, chain);
  const layers: Layers = [...entry.layers, start.section, settingsOf(config)];
  const guards = guardsOf(config, entry);
  const profiles = [...start.hops, ...(chain?.hops ?? [])];
  const outward = [...(start.base ? [start.base] : []), ...profiles];
  // A catalogue's accounts are in the partition that the catalogue says, as lists show them.
  const home = entry.kind === 'catalogue' ? null : regionOfIdentity(start, host.env);
  const remarks: string[] = [];
  const parts = { config, host, entry, flags, start, layers, guards, profiles, home, remarks };
  const hops = makeHops(parts);
  const last = hops.at(-1);
  const role = last ? parseRoleArn(last.roleArn.value) : null;
  const written = last && isWritten(entry) ? last.roleArn.origin : null;
  const partition: Given<string> =
    role && written
      ? { value: role.partition, origin: { ...written, kind: 'derived' } }
      : partitionOf(layers, home);
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
    ...findConnection(config, host.env, flags, start, profiles, partition.value, remarks),
    identity: {
      ...start.identity,
      mfaCommand: profileMfaCommand(outward) ?? start.identity.mfaCommand,
    },
    chosenBy: start.chosenBy,
    mfa: nearest(layers, 'mfa'),
    mfaSerial: flags.mfaSerial ?? profileSerial(outward) ?? nearest(layers, 'mfaSerial'),
    mfaMaxAgeSeconds: least([...layers, ...guards], 'mfaMaxAge'),
    isCached: isCached(options, [...layers, ...guards]),
    longRoles: nearest(layers, 'longRoles') ?? { value: 'allow', origin: byDefault('long_roles') },
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

const no = (name: string): Given<boolean> => ({ value: false, origin: byDefault(name) });

/** The identity's own account: as said, else as its key ID tells, which is good enough to show. */
function accountOf(identity: Identity): Given<string> | null {
  const key = identity.accessKeyId;
  const inKey = key && accountOfAccessKey(key.value);
  return identity.accountId ?? (inKey ? { value: inKey, origin: key.origin } : null);
}

function isCached(options: Options, layers: Layers): Given<boolean> {
  if (options['no-cache']) return { value: false, origin: fromFlag('--no-cache') };
  return demanded(layers, 'cache', false) ?? { value: true, origin: byDefault('cache') };
}
