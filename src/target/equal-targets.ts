import type { Target } from './target.js';

/** What differs between two ways to name the same answer. */
const NAMING = new Set(['origin', 'name', 'kind', 'remarks', 'accountName', 'customer']);

/** Tells whether two targets lead to the same credentials, in the same way and place. */
export function areEqualTargets(a: Target, b: Target): boolean {
  return decisive(a) === decisive(b);
}

function decisive(target: Target): string {
  return JSON.stringify(target, (key, value: unknown) => {
    if (NAMING.has(key)) return undefined;
    // What was given is whole: a session tag may be named like one of those.
    return key === 'value' ? JSON.stringify(value) : value;
  });
}
