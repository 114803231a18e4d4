import { parseRoleArn, type RoleArn } from '../arn/role-arn.js';
import type { Wish } from './authorize.js';
import type { Call } from './call.js';
import { mfaContext } from './caller.js';
import { readInteger, validate, type Constraint } from './constraints.js';
import { verifyMfa } from './mfa.js';
import { validationError } from './refusal.js';
import { readSessionPolicies, type SessionPolicies } from './session-policies.js';
import { readSessionTags, type SessionTags } from './session-tags.js';

/** What an `AssumeRole` request asks for, once nothing is wrong with the request itself. */
export interface RoleRequest {
  readonly roleArn: RoleArn;
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly tags: SessionTags;
  readonly policies: SessionPolicies;
  /** The request's, else the one that the calling session has; `null` for none. */
  readonly sourceIdentity: string | null;
  /** The permissions it takes, `sts:AssumeRole` first. */
  readonly wishes: readonly [Wish, ...Wish[]];
}

const NAME = String.raw`[\w+=,.@-]*`;
const CONSTRAINTS: readonly Constraint[] = [
  { name: 'RoleArn', required: true, length: [20, 2048] },
  { name: 'RoleSessionName', required: true, length: [2, 64], pattern: NAME },
  { name: 'DurationSeconds', range: [900, 43_200] },
  { name: 'ExternalId', length: [2, 1224], pattern: String.raw`[\w+=,.@:\/-]*` },
  { name: 'SerialNumber', length: [9, 256], pattern: String.raw`[\w+=/:,.@-]*` },
  { name: 'TokenCode', length: [6, 6], pattern: String.raw`[\d]*` },
  { name: 'SourceIdentity', length: [2, 64], pattern: NAME },
];
const DEFAULT_SECONDS = 3600;
/** AWS counts a `GetSessionToken` session as a link of the chain too. */
const CHAINED_SECONDS = 3600;

/**
 * Reads the request and checks its MFA code, which is used up even when the role is refused later.
 *
 * @throws Refusal for whatever is wrong with the request or its code.
 */
export function readRoleRequest(call: Call): RoleRequest {
  validate(call.parameters, CONSTRAINTS);
  const { RoleArn: text = '', RoleSessionName: sessionName = '' } = call.parameters;
  const roleArn = parseRoleArn(text);
  if (!roleArn) throw validationError(`${text} is invalid`);
  const durationSeconds = readDuration(call);
  const tags = readSessionTags(call);
  const policies = readSessionPolicies(call, tags.tags);
  const sourceIdentity = call.parameters['SourceIdentity'] ?? call.caller.sourceIdentity;
  const context = makeContext(call, durationSeconds, tags, verifyMfa(call));
  const wish = (action: string): Wish => ({ action, resource: text, context });
  const wishes: [Wish, ...Wish[]] = [wish('sts:AssumeRole')];
  // Each takes a permission of its own, also where it is inherited down a chain of roles.
  if (sourceIdentity !== null) wishes.push(wish('sts:SetSourceIdentity'));
  if (Object.keys(tags.tags).length > 0) wishes.push(wish('sts:TagSession'));
  return { roleArn, sessionName, durationSeconds, tags, policies, sourceIdentity, wishes };
}

function readDuration(call: Call): number {
  const seconds = readInteger(call.parameters['DurationSeconds'], DEFAULT_SECONDS);
  if (call.caller.kind !== 'long-term' && seconds > CHAINED_SECONDS)
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  return seconds;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts */
function makeContext(
  call: Call,
  durationSeconds: number,
  tags: SessionTags,
  mfaAt: Date | null,
): Wish['context'] {
  const requested = Object.entries(tags.requested);
  return {
    'sts:RoleSessionName': call.parameters['RoleSessionName'],
    'sts:ExternalId': call.parameters['ExternalId'],
    'sts:SourceIdentity': call.parameters['SourceIdentity'],
    'sts:DurationSeconds': durationSeconds.toString(),
    'sts:TransitiveTagKeys': tags.requestedTransitiveKeys,
    'aws:TagKeys': Object.keys(tags.requested),
    ...Object.fromEntries(requested.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...(mfaAt && mfaContext(mfaAt, call.now)),
  };
}
