export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The value as an object with no other keys than those; `null` allows any.
 *
 * @param at - where it stands in the policy, for the error: `Statement[0].Condition`.
 * @throws Error saying what is wrong.
 */
export function readObject(
  value: unknown,
  at: string,
  elements: readonly string[] | null,
): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${at} is ${value === undefined ? 'missing' : 'not an object'}`);
  const unknown = Object.keys(value).find((key) => elements && !elements.includes(key));
  if (unknown !== undefined) throw new Error(`${at}: ${show(unknown)} has no place here`);
  return value as JsonObject;
}

/**
 * One text or a list of them; JSON's booleans and numbers count as their text, as at AWS.
 *
 * @throws Error saying which is none.
 */
export function readTexts(value: unknown, at: string): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.map((one) => {
    if (typeof one === 'string') return one;
    if (typeof one === 'boolean' || typeof one === 'number') return String(one);
    throw new Error(`${at}: ${show(one)} is not a text`);
  });
}

/** The value as it stands in the policy, for an error. */
export function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
