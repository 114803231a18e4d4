import type { ContextValue } from './policy-context.js';
import type { PolicyDocument } from './policy-document.js';
import type { Principal } from './principal.js';
import type { Account, Role, User, World } from './world.js';

/** Who signed a request, with all that its credentials carry. */
export interface Caller {
  readonly principal: Principal;
  readonly account: Account;
  /** The user, also behind its session token; `null` for a role session. */
  readonly user: User | null;
  /** Whose policies and tags count: the user, or the role. */
  readonly owner: User | Role;
  /** `AIDA…`, or `AROA…:SESSION-NAME`. */
  readonly uniqueId: string;
  /** A user's own key, a `GetSessionToken` session, or a role session. */
  readonly kind: 'long-term' | 'session-token' | 'role';
  /** When temporary credentials were issued; `null` for long-term keys. */
  readonly issued: Date | null;
  /** When the MFA code was checked that these credentials vouch for; `null` without. */
  readonly mfaAt: Date | null;
  /** What `AssumeRole` was given to restrict the session; `null` when nothing. */
  readonly sessionPolicies: readonly PolicyDocument[] | null;
  readonly sourceIdentity: string | null;
  readonly sessionTags: Readonly<Record<string, string>>;
  /** The session tags that the next role in the chain inherits. */
  readonly transitiveTagKeys: readonly string[];
}

/** A user that signs with its own key. */
export function makeUserCaller(world: World, account: Account, user: User): Caller {
  const arn = `arn:${world.partition}:iam::${account.id}:user${user.path}${user.name}`;
  return {
    principal: { accountId: account.id, partition: world.partition, arn, sessionArn: arn },
    account,
    user,
    owner: user,
    uniqueId: user.id,
    kind: 'long-term',
    issued: null,
    mfaAt: null,
    sessionPolicies: null,
    sourceIdentity: null,
    sessionTags: {},
    transitiveTagKeys: [],
  };
}

/**
 * The condition keys that the caller brings to every request. `aws:MultiFactorAuthPresent` is there
 * for temporary credentials only, "false" where no code was given: a role session never has MFA.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerContext(caller: Caller, now: Date): Record<string, ContextValue> {
  const tags = Object.entries({ ...caller.owner.tags, ...caller.sessionTags });
  return {
    'aws:PrincipalArn': caller.principal.arn,
    'aws:PrincipalAccount': caller.account.id,
    'aws:PrincipalType': caller.user ? 'User' : 'AssumedRole',
    'aws:userid': caller.uniqueId,
    'aws:username': caller.user?.name,
    'aws:SourceIdentity': caller.sourceIdentity ?? undefined,
    'aws:TokenIssueTime': caller.issued?.toISOString(),
    ...(caller.issued && mfaContext(caller.mfaAt, now)),
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
  };
}

/** What the time of the last MFA code, `null` for none, says to policies. */
export function mfaContext(mfaAt: Date | null, now: Date): Record<string, ContextValue> {
  if (!mfaAt) return { 'aws:MultiFactorAuthPresent': 'false' };
  const ageSeconds = Math.floor((now.getTime() - mfaAt.getTime()) / 1000);
  return {
    'aws:MultiFactorAuthPresent': 'true',
    'aws:MultiFactorAuthAge': Math.max(0, ageSeconds).toString(),
  };
}
