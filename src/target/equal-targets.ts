import type { Target } from './target.js';

/** What differs between two ways to name the same answer, or to reach it. */
const NAMING = new Set([
  'origin',
  'definedAt',
  'name',
  'kind',
  'remarks',
  'accountName',
  'customer',
  'chosenBy',
  'caBundle',
]);

/** Tells whether two targets lead to the same credentials, in the same way and place. */
export function areEqualTargets(a: Target, b: Target): boolean {
  return decisiveText(a) === decisiveText(b);
}

/** Everything of the target that decides its credentials: the same text for equal targets. */
export function decisiveText({ tags: _labels, color: _color, ...target }: Target): string {
  return JSON.stringify(target, (key, value: unknown) => {
    if (NAMING.has(key)) return undefined;
    // What was given is whole: a session tag may be named like one of those.
    return key === 'value' ? JSON.stringify(value) : value;
  });
}
