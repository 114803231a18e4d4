import { AssumeError } from '../errors.js';
import { parseOperator, type Condition } from './condition.js';
import { readObject, readTexts, show, type JsonObject } from './policy-json.js';
import { parsePrincipals, type Principals } from './principal.js';

/** Where a policy stands: on who acts (`identity`, session policies too), or on the role (`trust`). */
export type PolicyKind = 'identity' | 'trust';

export interface PolicyDocument {
  /** Policies of version 2008-10-17 have no variables. */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Choices;
  /** `null` in trust policies: the role they stand on is what they speak of. */
  readonly resources: Choices | null;
  /** `null` in identity policies. */
  readonly principals: Principals | null;
  readonly conditions: readonly Condition[];
}

/** `Action` and `NotAction`, `Resource` and `NotResource`: patterns, and whether they are exceptions. */
export interface Choices {
  readonly excluded: boolean;
  readonly patterns: readonly string[];
}

const DOCUMENT_ELEMENTS = ['Version', 'Id', 'Statement'];
/**
 * Without `NotPrincipal`: what it covers depends on how a caller came to be, and AWS itself advises
 * `ArnNotLike` on `aws:PrincipalArn` in its place.
 */
const STATEMENT_ELEMENTS: Readonly<Record<PolicyKind, readonly string[]>> = {
  identity: ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
  trust: ['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Condition'],
};
/** What a pattern of one looks like, and how to say so. */
const ACTION = { pattern: /^(\*|[a-z0-9-]+:[\w*?]+)$/i, form: '"service:Action"' };
const RESOURCE = { pattern: /^(\*|arn:([^:]*:){4}.+)$/, form: 'an ARN' };

/**
 * Reads a policy as JSON gives it.
 *
 * @param name - whose policy, for the error: "the trust policy of arn:…".
 * @throws AssumeError `CONFIG_INVALID` saying which element is wrong and why.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(document: unknown, kind: PolicyKind, name: string): PolicyDocument {
  try {
    const policy = readObject(document, 'the document', DOCUMENT_ELEMENTS);
    const version = policy['Version'] ?? '2008-10-17';
    if (version !== '2012-10-17' && version !== '2008-10-17')
      throw new Error(`Version: ${show(version)} is neither "2012-10-17" nor "2008-10-17"`);
    const statements = Array.isArray(policy['Statement'])
      ? (policy['Statement'] as unknown[])
      : [policy['Statement']];
    return {
      variables: version === '2012-10-17',
      statements: statements.map((one, index) =>
        parseStatement(one, kind, `Statement[${index.toString()}]`),
      ),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssumeError('CONFIG_INVALID', `Could not read ${name}: ${reason}`, {
      cause,
      hint: 'correct that policy document',
    });
  }
}

function parseStatement(value: unknown, kind: PolicyKind, at: string): Statement {
  const statement = readObject(value, at, STATEMENT_ELEMENTS[kind]);
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny')
    throw new Error(`${at}.Effect: ${show(effect)} is neither "Allow" nor "Deny"`);
  return {
    effect,
    actions: parseChoices(statement, 'Action', ACTION, at),
    resources: kind === 'trust' ? null : parseChoices(statement, 'Resource', RESOURCE, at),
    principals: kind === 'trust' ? parsePrincipals(statement['Principal'], at) : null,
    conditions: parseConditions(statement['Condition'] ?? {}, `${at}.Condition`),
  };
}

function parseChoices(
  statement: JsonObject,
  name: string,
  shape: typeof ACTION,
  at: string,
): Choices {
  const excluded = `Not${name}` in statement;
  if (excluded === name in statement)
    throw new Error(`${at}: exactly one of ${name} and Not${name} is needed`);
  const element = excluded ? `Not${name}` : name;
  const patterns = readTexts(statement[element], `${at}.${element}`);
  const wrong = patterns.find((pattern) => !shape.pattern.test(pattern));
  if (wrong !== undefined)
    throw new Error(
      `${at}.${element}: ${show(wrong)} is neither "*" nor of the form of ${shape.form}`,
    );
  return { excluded, patterns };
}

function parseConditions(value: unknown, at: string): Condition[] {
  return Object.entries(readObject(value, at, null)).flatMap(([name, keys]) => {
    const operator = parseOperator(name);
    if (!operator) throw new Error(`${at}: ${show(name)} is no condition operator`);
    return Object.entries(readObject(keys, `${at}.${name}`, null)).map(([key, values]) => ({
      ...operator,
      key,
      values: readTexts(values, `${at}.${name}.${key}`),
    }));
  });
}
