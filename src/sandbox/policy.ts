import { holds } from './condition.js';
import type { PolicyContext } from './policy-context.js';
import type { Choices, PolicyDocument, Statement } from './policy-document.js';
import { expandVariables } from './policy-variables.js';
import { findTrust, type Principal, type Trust } from './principal.js';
import { matchesArn, matchesPattern, parsePattern } from './wildcard.js';

/** One question to a set of policies: may this principal do that to this resource. */
export interface PolicyRequest {
  readonly principal: Principal;
  /** `sts:AssumeRole`; case does not matter. */
  readonly action: string;
  readonly resource: string;
  readonly context: PolicyContext;
}

/** `deny`: a statement forbids it. `none`: no statement speaks of it, which forbids it too. */
export type Verdict = 'allow' | 'deny' | 'none';

export interface Decision {
  readonly verdict: Verdict;
  /** How the allowing statements of a trust policy cover the caller, the strongest first; else empty. */
  readonly trust: readonly Trust[];
}

/**
 * Decides as AWS does: a matching `Deny` beats everything, else a matching `Allow` is needed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(policies: readonly PolicyDocument[], request: PolicyRequest): Decision {
  const matching = policies.flatMap((policy) =>
    policy.statements.filter((statement) => matches(statement, request, policy.variables)),
  );
  if (matching.some((statement) => statement.effect === 'Deny'))
    return { verdict: 'deny', trust: [] };
  const trust = new Set(matching.map((statement) => trustOf(statement, request)));
  return {
    verdict: matching.length > 0 ? 'allow' : 'none',
    trust: (['session', 'principal', 'account'] as const).filter((one) => trust.has(one)),
  };
}

function matches(statement: Statement, request: PolicyRequest, variables: boolean): boolean {
  return (
    (statement.principals === null || trustOf(statement, request) !== null) &&
    chooses(statement.actions, (pattern) =>
      matchesPattern(parsePattern(pattern.toLowerCase()), request.action.toLowerCase()),
    ) &&
    (statement.resources === null ||
      chooses(statement.resources, (pattern) => matchesResource(pattern, request, variables))) &&
    statement.conditions.every((condition) => holds(condition, request.context, variables))
  );
}

function trustOf(statement: Statement, request: PolicyRequest): Trust | null {
  return statement.principals && findTrust(statement.principals, request.principal);
}

function chooses(choices: Choices, fits: (pattern: string) => boolean): boolean {
  return choices.patterns.some(fits) !== choices.excluded;
}

function matchesResource(pattern: string, request: PolicyRequest, variables: boolean): boolean {
  const wanted = expandVariables(pattern, request.context, { wildcards: true, variables });
  return wanted !== null && matchesArn(wanted, request.resource);
}
