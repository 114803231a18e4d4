import { CONDITION_OPERATORS, type ConditionOperator } from './condition-operators.js';
import { contextValues, type PolicyContext } from './policy-context.js';
import { expandVariables } from './policy-variables.js';

/** One line of a statement's `Condition`: an operator, a key, and the values it may have. */
export interface Condition {
  readonly operator: 'Null' | ConditionOperator;
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | null;
  /** An absent key satisfies it. */
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

/** What an operator's name says: `ForAnyValue:StringLikeIfExists`; `null` when AWS has none such. */
export function parseOperator(name: string): Omit<Condition, 'key' | 'values'> | null {
  const [, quantifier, base = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const operator = base === 'Null' ? 'Null' : CONDITION_OPERATORS.get(base);
  if (!operator || (operator === 'Null' && (quantifier ?? ifExists))) return null;
  return {
    operator,
    quantifier: quantifier === 'ForAllValues' || quantifier === 'ForAnyValue' ? quantifier : null,
    ifExists: ifExists !== undefined,
  };
}

/**
 * Tells whether the request satisfies the condition. An absent key satisfies negated operators,
 * `…IfExists` and `ForAllValues`, and no other.
 *
 * @param variables - policies of version 2008-10-17 have no variables.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function holds(condition: Condition, context: PolicyContext, variables: boolean): boolean {
  const { operator, quantifier } = condition;
  const values = contextValues(context, condition.key);
  if (operator === 'Null') return condition.values.includes(String(values === null));
  if (values === null) {
    if (condition.ifExists || quantifier === 'ForAllValues') return true;
    return operator.negated && quantifier === null;
  }
  const wanted = condition.values.map((value) =>
    expandVariables(value, context, { wildcards: operator.wildcards, variables }),
  );
  const fits = (value: string): boolean =>
    wanted.some((pattern) => pattern !== null && operator.fits(value, pattern));
  const passes = (value: string): boolean => fits(value) !== operator.negated;
  // Without a quantifier a negated operator wants every value to pass, as for a single value.
  const everyValue = quantifier === null ? operator.negated : quantifier === 'ForAllValues';
  return everyValue ? values.every(passes) : values.some(passes);
}
