import { composeRoleArn } from '../arn/role-arn.js';
import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import type { Host } from '../host/host.js';
import type { CatalogueEntry } from './catalogue.js';
import type { FlagValues } from './flag-values.js';
import { nearest, type Layers } from './layers.js';
import { partitionOf, roleArnOf } from './listed-role-arn.js';
import { lastHop, profileHop } from './make-hop.js';
import type { Start } from './make-start.js';
import { derivedFrom, type Given, type TargetHop } from './target.js';

/** What the hops of a target are made of. */
export interface HopParts {
  readonly config: Config;
  readonly host: Host;
  readonly entry: CatalogueEntry;
  readonly flags: FlagValues;
  readonly start: Start;
  readonly layers: Layers;
  readonly guards: Layers;
  readonly profiles: readonly AwsSection[];
  /** The identity's own region. */
  readonly home: Given<string> | null;
  readonly remarks: string[];
}

/** Every role between the identity and the target, the target's own last. */
export function makeHops(parts: HopParts): TargetHop[] {
  const { host, entry, flags, layers, profiles, remarks } = parts;
  if (entry.kind === 'identity') return [];
  const common = {
    sessionName: nearest(layers, 'sessionName'),
    sourceIdentity: nearest(layers, 'sourceIdentity'),
  };
  const own = profiles.map((profile) => profileHop(profile, common, flags));
  if (entry.profile) {
    const last = own.pop();
    return last
      ? [...own, lastHop(last, flags, layers, [...entry.layers, ...parts.guards], host, remarks)]
      : [];
  }
  const roleArn = roleArnOfEntry(parts);
  const bare: TargetHop = {
    roleArn,
    sessionName: flags.sessionName ?? common.sessionName,
    sourceIdentity: flags.sourceIdentity ?? common.sourceIdentity,
    externalId: null,
    durationSeconds: null,
    tags: null,
    transitiveTagKeys: null,
    policy: null,
    policyArns: null,
  };
  return [...own, lastHop(bare, flags, layers, [...entry.layers, ...parts.guards], host, remarks)];
}

function roleArnOfEntry({ config, entry, layers, home }: HopParts): Given<string> {
  const { accountId, roleName } = entry;
  if (isWritten(entry) || accountId === null || roleName === null) {
    return { value: entry.roleArn ?? '', origin: entry.origin };
  }
  if (entry.kind === 'catalogue') return roleArnOf(config, layers, accountId, roleName);
  const partition = partitionOf(layers, home).value;
  return { value: composeRoleArn(partition, accountId, roleName), origin: derivedFrom('TARGET') };
}

/** Tells whether its ARN stands somewhere as a whole, rather than being put together of account and role. */
export function isWritten({ kind, profile, roleArn }: CatalogueEntry): boolean {
  return profile !== null || (kind === 'arn' && roleArn !== null);
}
