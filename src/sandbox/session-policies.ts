import { isAssumeError } from '../errors.js';
import type { Call } from './call.js';
import { parsePolicy, type PolicyDocument } from './policy-document.js';
import { Refusal, validationError } from './refusal.js';
import { readMembers } from './session-tags.js';

/** Inline and managed together, in characters, by the API's documentation. */
const PLAIN_LIMIT = 2048;
/**
 * What counts as full, in characters. AWS packs policies and tags in a form that it does not
 * publish; this stands in for it, so that a client meets the refusal.
 */
const PACKED_LIMIT = 4096;

export interface SessionPolicies {
  /** `null` when the request has none: the role's own permissions then stand unrestricted. */
  readonly documents: readonly PolicyDocument[] | null;
  /** In percent of what is allowed; `null` when there is nothing to pack. */
  readonly packedSizePercent: number | null;
}

/**
 * Reads `Policy` and `PolicyArns`, which restrict the session they are given to.
 *
 * @throws Refusal `MalformedPolicyDocument`, `PackedPolicyTooLarge` or `ValidationError`.
 */
export function readSessionPolicies(
  call: Call,
  tags: Readonly<Record<string, string>>,
): SessionPolicies {
  const arns = readMembers(call.parameters, 'PolicyArns', '.arn');
  const inline = call.parameters['Policy'];
  if (arns.length > 10) throw tooLong('policyArns', 10);
  const plainSize = (inline ?? '').length + arns.join('').length;
  if (plainSize > PLAIN_LIMIT) throw tooLong('policy', PLAIN_LIMIT);
  const documents = arns.map((arn) => readManaged(call, arn));
  if (inline !== undefined) documents.push(readInline(inline));
  const packedSize = plainSize + Object.entries(tags).flat().join('').length;
  const percent = Math.ceil((packedSize / PACKED_LIMIT) * 100);
  if (percent > 100)
    throw new Refusal(
      400,
      'PackedPolicyTooLarge',
      `Packed size of session tags consumes ${percent.toString()}% of allotted space.`,
    );
  return {
    documents: documents.length === 0 ? null : documents,
    packedSizePercent: packedSize === 0 ? null : percent,
  };
}

function readInline(text: string): PolicyDocument {
  try {
    return parsePolicy(JSON.parse(text), 'identity', 'the session policy');
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed('This policy contains invalid Json');
    if (isAssumeError(error)) throw malformed(`Syntax errors in policy. ${error.message}`);
    throw error;
  }
}

function readManaged(call: Call, arn: string): PolicyDocument {
  if (!Object.hasOwn(call.world.managedPolicies, arn))
    throw malformed(`The policy ${arn} does not exist`);
  return parsePolicy(call.world.managedPolicies[arn], 'identity', `the managed policy ${arn}`);
}

function malformed(message: string): Refusal {
  return new Refusal(400, 'MalformedPolicyDocument', message);
}

function tooLong(field: string, most: number): Refusal {
  return validationError(
    `1 validation error detected: Value at '${field}' failed to satisfy constraint: Member must have length less than or equal to ${most.toString()}`,
  );
}
