import { refusalBehind, type AwsRefusal } from '../aws/aws-errors.js';
import { formatDuration } from '../config/duration.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Hop } from '../plan/plan.js';
import { isRoleByNature, temporaryCredentials } from '../target/source-words.js';
import type { Identity } from '../target/target.js';
import { visible } from '../visible.js';
import type { HopCall } from './hop-call.js';

/**
 * Reads AWS's refusal of a role: its own reason where it gives one, else everything that can be
 * wrong, ruled in or out by what was sent. Other errors pass unchanged.
 */
export function explainRefusal(error: unknown, call: HopCall, hop: Hop): unknown {
  if (!isAssumeError(error) || error.code !== 'AWS_REFUSED') return error;
  const refusal = refusalBehind(error);
  if (!refusal) return error;
  const who = visible(
    /User: (\S+) is not authorized/.exec(refusal.message)?.[1] ?? 'this identity',
  );
  const reason = reasonOf(refusal);
  if (refusal.awsCode !== 'AccessDenied') {
    return new AssumeError(
      'AWS_REFUSED',
      `AWS did not assume ${hop.roleArn}: ${visible(refusal.awsCode)}: ${visible(refusal.message)}`,
      { cause: refusal, hint: hintOfValidation(refusal) ?? error.hint ?? SEE_PLAN },
    );
  }
  return new AssumeError(
    'AWS_REFUSED',
    `AWS refused ${who} the role ${hop.roleArn}${reason ? `: ${reason.said}` : ''}`,
    {
      cause: refusal,
      hint: [...(reason ? [reason.hint] : []), ...circumstances(call, hop, reason)].join('\n'),
    },
  );
}

interface Reason {
  readonly said: string;
  readonly hint: string;
  /** AWS named what refused, so the circumstances that have no part in it are left out. */
  readonly side: 'identity' | 'trust' | 'deny';
}

const REASONS: readonly [pattern: RegExp, said: string, hint: string, side: Reason['side']][] = [
  [
    /no identity-based policy allows/,
    'no identity-based policy of the caller allows it',
    'the shared account has to allow it: ask for {action} on that role',
    'identity',
  ],
  [
    /no role trust policy allows|no resource-based policy allows/,
    "the role's trust policy does not allow it",
    "the target account has to allow it: look at the role's trust policy and its conditions",
    'trust',
  ],
  [
    /explicit deny in (?:an?|the) ([a-z -]*policy|permissions boundary)/,
    'an explicit deny in {1}',
    'a deny wins over every allow: whoever owns that policy has to change it',
    'deny',
  ],
  [
    /no ([a-z -]*(?:policy|boundary)) allows/,
    'no {1} allows it',
    'that policy has to allow {action}',
    'deny',
  ],
];

function reasonOf(refusal: AwsRefusal): Reason | null {
  const action = /perform: ([\w:]+)/.exec(refusal.message)?.[1] ?? 'sts:AssumeRole';
  for (const [pattern, said, hint, side] of REASONS) {
    const match = pattern.exec(refusal.message);
    if (!match) continue;
    const fill = (text: string): string =>
      text.replace('{1}', match[1] ?? '').replace('{action}', action);
    return {
      said: `${fill(said)}${action === 'sts:AssumeRole' ? '' : ` (${action})`}`,
      hint: fill(hint),
      side,
    };
  }
  return null;
}

/** What the role may have wanted, each with what was sent. */
function circumstances(call: HopCall, hop: Hop, reason: Reason | null): string[] {
  if (reason?.side === 'identity') return [];
  return [
    mfaLine(call),
    externalIdLine(hop),
    sourceIdentityLine(hop),
    ...otherLines(call, hop, reason),
  ];
}

function mfaLine({ stage, session, index }: HopCall): string {
  const { plan, target } = stage.planned;
  if (index > 0)
    return 'MFA: a role assumed from another role carries none, whatever the identity had';
  if (plan.signer === 'keys-and-code') return 'MFA: sent with this request';
  if (session?.mfaAt) {
    const age = Math.max(0, (stage.host.now().getTime() - session.mfaAt.getTime()) / 1000);
    return `MFA: sent; its code is ${formatDuration(age)} old (mfa_max_age asks a fresh one sooner)`;
  }
  if (target.identity.isTemporary) return temporaryLine(target.identity);
  return target.mfa?.value === 'never'
    ? 'MFA: not sent, because mfa = never; the role may demand it'
    : 'MFA: not sent; if the role demands it, add mfa_serial to the profile or the identity';
}

/** MFA is for users of IAM: it can be neither bought with temporary credentials nor seen in them. */
function temporaryLine(identity: Identity): string {
  const holds = `MFA: ${visible(identity.name)} holds ${temporaryCredentials(identity)}`;
  return isRoleByNature(identity)
    ? `${holds}, which can carry none; a role that demands it needs the keys of an IAM user (--identity NAME)`
    : `${holds}, which carry it only if a code was used to make them; assume can add none`;
}

function externalIdLine(hop: Hop): string {
  return hop.externalId === null
    ? 'external ID: none sent; the role may demand one (external_id)'
    : 'external ID: sent; the role may expect another';
}

function sourceIdentityLine(hop: Hop): string {
  return hop.sourceIdentity === null
    ? 'source identity: none sent; the role may demand one (source_identity)'
    : `source identity: ${hop.sourceIdentity} sent`;
}

function otherLines(call: HopCall, hop: Hop, reason: Reason | null): string[] {
  const { kind, origin } = call.stage.planned.target;
  const known =
    kind === 'arn'
      ? 'role: named by hand; AWS says the same when it does not exist'
      : `role: named by ${origin.file ?? ''}:${String(origin.line ?? 0)}; AWS says the same when it does not exist`;
  return [
    `session name: ${hop.sessionName ?? ''}; the role may demand another`,
    ...(reason ? [] : [known]),
    'network: the role may allow only some addresses',
  ];
}

const SEE_PLAN = 'to see what was sent, and where each value came from: assume plan TARGET';

function hintOfValidation(refusal: AwsRefusal): string | undefined {
  if (refusal.message.includes('MaxSessionDuration')) return 'ask for less: --duration 1h';
  if (refusal.message.includes('role chaining')) return 'ask for an hour or less: --duration 1h';
  return undefined;
}
