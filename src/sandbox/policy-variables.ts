import { contextValues, type PolicyContext } from './policy-context.js';
import { parsePattern, type Pattern } from './wildcard.js';

/** `${key}`, `${key, 'default'}`, and the three characters that can be written no other way. */
const VARIABLE = /\$\{([^}]*)\}/;
const DEFAULTED = /^\s*(.+?)\s*,\s*'([^']*)'\s*$/;

/**
 * A policy's text with its variables filled in. What comes from a variable is plain text, even a
 * star; wildcards written in the text itself stay wildcards when `wildcards` is set.
 *
 * @returns `null` when the request lacks a variable that has no default: such text fits nothing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function expandVariables(
  text: string,
  context: PolicyContext,
  options: { readonly wildcards: boolean; readonly variables: boolean },
): Pattern | null {
  const literal = (part: string): Pattern =>
    options.wildcards ? parsePattern(part) : Array.from(part);
  if (!options.variables) return literal(text);
  const pattern: Pattern[number][] = [];
  // Splitting by a pattern with one group gives text and variable name in turn.
  for (const [index, part] of text.split(new RegExp(VARIABLE, 'g')).entries()) {
    const characters = index % 2 === 0 ? literal(part) : fill(part, context);
    if (characters === null) return null;
    pattern.push(...characters);
  }
  return pattern;
}

function fill(variable: string, context: PolicyContext): Pattern | null {
  if (['*', '?', '$'].includes(variable)) return [variable];
  const [, key = variable.trim(), fallback = null] = DEFAULTED.exec(variable) ?? [];
  const values = contextValues(context, key);
  // A key with several values cannot stand for one text.
  const value = values ? (values.length === 1 ? values[0] : null) : fallback;
  return value === null || value === undefined ? null : Array.from(value);
}
