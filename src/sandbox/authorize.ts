import type { Call } from './call.js';
import { callerContext } from './caller.js';
import { decide, type Decision, type PolicyRequest } from './policy.js';
import { makePolicyContext, type ContextValue } from './policy-context.js';
import { parsePolicy, type PolicyDocument } from './policy-document.js';
import type { Trust } from './principal.js';
import { accessDenied } from './refusal.js';
import type { AttachedPolicy, World } from './world.js';

/** One thing that the caller wants to do. */
export interface Wish {
  /** `sts:AssumeRole` */
  readonly action: string;
  readonly resource: string;
  /** The condition keys that this request adds to, or overrides of, the caller's. */
  readonly context: Record<string, ContextValue>;
}

/** A role's side of the question. */
export interface TrustSide {
  readonly accountId: string;
  readonly trustPolicy: PolicyDocument;
}

/**
 * Lets the caller's wish pass or refuses it, by policies alone.
 *
 * Within one account a trust policy that names the user or role (or `*`) is enough; one that names
 * the account hands the question to the caller's identity policies. Between accounts both sides must
 * allow. Session policies restrict everything but a trust policy that names the very session. A
 * `Deny` anywhere refuses.
 *
 * @param trust - `null` for what has no policy of its own.
 * @throws Refusal `AccessDenied` with AWS's reason, unless the world gives none.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 */
export function authorize(call: Call, wish: Wish, trust: TrustSide | null): void {
  const reason = findObjection(call, wish, trust);
  if (reason !== null) throw notAuthorized(call, wish, reason);
}

/** The refusal itself; a reason of `''` is left out. */
export function notAuthorized(call: Call, wish: Wish, reason: string): Error {
  const { action, resource } = wish;
  const text = `User: ${call.caller.principal.sessionArn} is not authorized to perform: ${action} on resource: ${resource}`;
  return accessDenied(reason && call.world.explainsRefusals ? `${text} ${reason}` : text);
}

/** A policy of the world as its name says it: inline, or managed. @throws AssumeError */
export function parseAttachedPolicy(
  world: World,
  policy: AttachedPolicy,
  ownerName: string,
): PolicyDocument {
  if (typeof policy !== 'string')
    return parsePolicy(policy.document, 'identity', `the policy ${policy.name} of ${ownerName}`);
  return parsePolicy(world.managedPolicies[policy], 'identity', `the managed policy ${policy}`);
}

/** One kind of policy that has a say. */
interface Side {
  readonly name: 'identity-based policy' | 'session policy' | 'role trust policy';
  readonly article: 'a' | 'an' | 'the';
  readonly decision: Decision;
}

/** Whose silence a trust policy of the same account makes up for. */
const SPARED: Readonly<Record<Trust, readonly Side['name'][]>> = {
  session: ['identity-based policy', 'session policy'],
  principal: ['identity-based policy'],
  account: [],
};

function findObjection(call: Call, wish: Wish, trust: TrustSide | null): string | null {
  const sides = decideSides(call, wish, trust);
  const denied = sides.find((side) => side.decision.verdict === 'deny');
  if (denied) return `with an explicit deny in ${denied.article} ${denied.name}`;
  const isLocal = trust?.accountId === call.caller.account.id;
  const [strongest = 'account'] = sides.flatMap((side) => side.decision.trust);
  const spared = isLocal ? SPARED[strongest] : [];
  const silent = sides.find(
    (side) => side.decision.verdict === 'none' && !spared.includes(side.name),
  );
  return silent ? `because no ${silent.name} allows the ${wish.action} action` : null;
}

function decideSides(call: Call, wish: Wish, trust: TrustSide | null): Side[] {
  const { owner, principal, sessionPolicies } = call.caller;
  const request = makePolicyRequest(call, wish);
  const attached = owner.policies.map((one) => parseAttachedPolicy(call.world, one, principal.arn));
  const sides: Side[] = [
    { name: 'identity-based policy', article: 'an', decision: decide(attached, request) },
  ];
  if (sessionPolicies)
    sides.push({
      name: 'session policy',
      article: 'a',
      decision: decide(sessionPolicies, request),
    });
  if (trust)
    sides.push({
      name: 'role trust policy',
      article: 'the',
      decision: decide([trust.trustPolicy], request),
    });
  return sides;
}

function makePolicyRequest(call: Call, wish: Wish): PolicyRequest {
  return {
    principal: call.caller.principal,
    action: wish.action,
    resource: wish.resource,
    context: makePolicyContext({
      ...callerContext(call.caller, call.now),
      'aws:SourceIp': call.world.sourceIp,
      'aws:CurrentTime': call.now.toISOString(),
      'aws:EpochTime': Math.floor(call.now.getTime() / 1000).toString(),
      // AWS's endpoints speak TLS only; that this one listens on loopback without is not the point.
      'aws:SecureTransport': 'true',
      'aws:RequestedRegion': call.region,
      'aws:UserAgent': call.userAgent,
      ...wish.context,
    }),
  };
}
