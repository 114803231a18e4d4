import { explainMfaSerial } from '../arn/mfa-serial.js';
import { explainRoleArn, parseRoleArn } from '../arn/role-arn.js';
import type { AwsSection, AwsValue } from '../config/aws-file-parser.js';
import { formatDuration, parseDuration } from '../config/duration.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { visible } from '../visible.js';
import type { FlagValues } from './flag-values.js';
import { least, nearest, type Layers } from './layers.js';
import { profileValue } from './profile-chain.js';
import { readPolicy } from './read-policy.js';
import { formatOrigin, fromFile, type Given, type TargetHop } from './target.js';

/** What STS accepts as an external ID. */
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

type Common = Pick<TargetHop, 'sessionName' | 'sourceIdentity'>;

/**
 * The hop that a profile with a `role_arn` stands for: each contributes its own external ID,
 * duration and session name; only a flag's session name goes before them.
 *
 * @throws AssumeError CONFIG_INVALID with file and line for a value that STS would refuse.
 */
export function profileHop(
  profile: AwsSection,
  common: Common,
  flagged: Given<string> | null,
): TargetHop {
  return {
    roleArn: checked(profile, 'role_arn', explainRoleArn) ?? {
      value: '',
      origin: fromFile('role_arn', profile.file, profile.line),
    },
    sessionName: flagged ?? ownValue(profile, 'role_session_name') ?? common.sessionName,
    sourceIdentity: common.sourceIdentity,
    externalId: checked(profile, 'external_id', (text) =>
      EXTERNAL_ID.test(text) ? null : 'it has characters, or a length, that STS does not accept',
    ),
    durationSeconds: profileDuration(profile),
    tags: null,
    transitiveTagKeys: null,
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
    tags: flags.tags ?? nearest(layers, 'sessionTags'),
    transitiveTagKeys: flags.transitiveTagKeys ?? nearest(layers, 'transitiveTags'),
    policy: flags.policy ?? policyOfFile(layers, host),
    policyArns: policyArns(hop, flags, layers),
  };
}

/**
 * The MFA serial that the chain's profiles name. A role and its base serve each other, unlike in
 * the SDKs, so that the code is asked once and at the base.
 */
export function profileSerial(
  profiles: readonly AwsSection[],
  base: AwsSection | null,
): Given<string> | null {
  const outward = base === null ? profiles : [base, ...profiles];
  return outward.reduceRight<Given<string> | null>(
    (found, profile) => found ?? checked(profile, 'mfa_serial', explainMfaSerial),
    null,
  );
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

function profileDuration(profile: AwsSection): Given<number> | null {
  const text = ownValue(profile, 'duration_seconds');
  const seconds = text && parseDuration(text.value);
  if (!text) return null;
  if (seconds !== null && seconds >= 900 && seconds <= 43_200) {
    return { value: seconds, origin: text.origin };
  }
  throw invalid(profile, 'duration_seconds', 'it is not between 900 and 43200 seconds');
}

function checked(
  profile: AwsSection,
  key: string,
  explain: (text: string) => string | null,
): Given<string> | null {
  const value = ownValue(profile, key);
  const problem = value && explain(value.value);
  if (problem) throw invalid(profile, key, problem);
  return value;
}

function ownValue(profile: AwsSection, key: string): Given<string> | null {
  const value = profileValue(profile, key);
  return value && { value: value.value, origin: fromFile(key, value.file, value.line) };
}

function invalid(profile: AwsSection, key: string, problem: string): AssumeError {
  const value: Pick<AwsValue, 'file' | 'line'> = profileValue(profile, key) ?? profile;
  return new AssumeError(
    'CONFIG_INVALID',
    `${value.file}:${String(value.line)}: ${key} of profile ${visible(profile.name)} cannot be used`,
    { hint: problem },
  );
}
