import { explainRoleArn, parseRoleArn } from '../arn/role-arn.js';
import type { AwsSection } from '../config/aws-file.js';
import { formatDuration } from '../config/duration.js';
import type { Host } from '../host/host.js';
import type { FlagValues } from './flag-values.js';
import { least, nearest, type Layers } from './layers.js';
import { profileTags, profileTransitiveTags } from './profile-tags.js';
import { checkedValue, durationValue, givenValue } from './profile-value.js';
import { readPolicy } from './read-policy.js';
import { formatOrigin, fromFile, type Given, type TargetHop } from './target.js';
import { explainExternalId, explainSourceIdentity } from './value-forms.js';

/** What assume's own file says for every hop that says nothing itself. */
export type Common = Pick<TargetHop, 'sessionName' | 'sourceIdentity'>;

/**
 * What a profile says of its own hop, each read by itself. The last three are named as aws-vault
 * names them, which AWS's tools pass over.
 *
 * @throws AssumeError CONFIG_INVALID with file, line and column for a value that STS would refuse.
 */
export const HOP_VALUES = {
  roleArn: (profile: AwsSection) => checkedValue(profile, 'role_arn', explainRoleArn),
  externalId: (profile: AwsSection) => checkedValue(profile, 'external_id', explainExternalId),
  durationSeconds: durationValue,
  sourceIdentity: (profile: AwsSection) =>
    checkedValue(profile, 'source_identity', explainSourceIdentity),
  tags: profileTags,
  transitiveTagKeys: profileTransitiveTags,
} as const;

/**
 * The hop that a profile with a `role_arn` stands for: each contributes its own external ID,
 * duration, session name, source identity and tags; flags that are for every hop go before them.
 *
 * @throws AssumeError as `HOP_VALUES` does.
 */
export function profileHop(profile: AwsSection, common: Common, flags: FlagValues): TargetHop {
  return {
    roleArn: HOP_VALUES.roleArn(profile) ?? {
      value: '',
      origin: fromFile('role_arn', profile),
    },
    sessionName:
      flags.sessionName ?? givenValue(profile, 'role_session_name') ?? common.sessionName,
    sourceIdentity:
      flags.sourceIdentity ?? HOP_VALUES.sourceIdentity(profile) ?? common.sourceIdentity,
    externalId: HOP_VALUES.externalId(profile),
    durationSeconds: HOP_VALUES.durationSeconds(profile),
    tags: HOP_VALUES.tags(profile),
    transitiveTagKeys: HOP_VALUES.transitiveTagKeys(profile),
    policy: null,
    policyArns: null,
  };
}

/** The last hop: what flags and assume's own file add to it. */
export function lastHop(
  hop: TargetHop,
  flags: FlagValues,
  layers: Layers,
  caps: Layers,
  host: Host,
  remarks: string[],
): TargetHop {
  return {
    ...hop,
    externalId: flags.externalId ?? hop.externalId ?? nearest(layers, 'externalId'),
    durationSeconds: capped(flags.durationSeconds ?? hop.durationSeconds, layers, caps, remarks),
    tags: flags.tags ?? hop.tags ?? nearest(layers, 'sessionTags'),
    transitiveTagKeys:
      flags.transitiveTagKeys ?? hop.transitiveTagKeys ?? nearest(layers, 'transitiveTags'),
    policy: flags.policy ?? policyOfFile(layers, host),
    policyArns: policyArns(hop, flags, layers),
  };
}

/**
 * A duration in the sections of the target, its account, customer or role is a cap as well: nothing
 * loosens it. Those of the identity and the settings are only where nothing else is said.
 */
function capped(
  asked: Given<number> | null,
  layers: Layers,
  caps: Layers,
  remarks: string[],
): Given<number> | null {
  const cap = least(caps, 'duration');
  if (asked === null) return cap ?? nearest(layers, 'duration');
  if (cap === null || asked.value <= cap.value) return asked;
  remarks.push(
    `${asked.origin.name} ${formatDuration(asked.value)} is capped to ${formatDuration(cap.value)} by ${formatOrigin(cap.origin)}`,
  );
  return cap;
}

function policyOfFile(layers: Layers, host: Host): Given<string> | null {
  const policy = nearest(layers, 'policy');
  return policy && { ...policy, value: readPolicy(policy.value, host, policy.origin) };
}

function policyArns(
  hop: TargetHop,
  flags: FlagValues,
  layers: Layers,
): Given<readonly string[]> | null {
  const given = flags.policyArns ?? nearest(layers, 'policyArns');
  const managed = flags.managedPolicies;
  if (!managed) return given;
  const partition = parseRoleArn(hop.roleArn.value)?.partition ?? 'aws';
  const arns = managed.value.map((name) => `arn:${partition}:iam::aws:policy/${name}`);
  return { value: [...(given?.value ?? []), ...arns], origin: managed.origin };
}
