/** What is known of a request, by condition key. A key that is absent is absent: it is never empty. */
export type PolicyContext = ReadonlyMap<string, readonly string[]>;

/** One value, several (`aws:TagKeys`), or nothing: an undefined one leaves the key absent. */
export type ContextValue = string | readonly string[] | undefined;

/** A context from pairs of key and value; keys are found whatever their case, as AWS finds them. */
export function makePolicyContext(values: Readonly<Record<string, ContextValue>>): PolicyContext {
  const context = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value.length === 0) continue;
    context.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
  }
  return context;
}

/** The values of a key; `null` when the request does not have it. */
export function contextValues(context: PolicyContext, key: string): readonly string[] | null {
  return context.get(key.toLowerCase()) ?? null;
}
