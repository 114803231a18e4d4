import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, planKey, planPrefix } from '../../src/plan/plan-key.js';
import type { Hop, Plan } from '../../src/plan/plan.js';

const HOP: Required<Hop> = {
  roleArn: 'arn:aws:iam::444444444444:role/r',
  sessionName: 'jane',
  externalId: null,
  sourceIdentity: null,
  durationSeconds: 3600,
  tags: {},
  transitiveTagKeys: [],
  policy: null,
  policyArns: [],
};
const PLAN: Required<Plan> = {
  source: 'profile:base',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  identityAccountId: null,
  partition: 'aws',
  stsRegion: 'us-east-1',
  endpoint: null,
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  stsRegionalEndpoints: 'regional',
  signer: 'keys',
  mfaSerial: null,
  mfaMaxAgeSeconds: null,
  sessionDurationSeconds: null,
  hops: [HOP],
};

/** Another value of every field: a field without one is a type error. */
const OTHER: Omit<Required<Plan>, 'hops'> = {
  source: 'environment',
  accessKeyId: null,
  identityAccountId: '111111111111',
  partition: 'aws-cn',
  stsRegion: 'eu-west-1',
  endpoint: 'http://127.0.0.1:1',
  useFipsEndpoint: true,
  useDualstackEndpoint: true,
  stsRegionalEndpoints: 'legacy',
  signer: 'mfa-session',
  mfaSerial: 'GAHT12345678',
  mfaMaxAgeSeconds: 60,
  sessionDurationSeconds: 900,
};
const OTHER_HOP: Required<Hop> = {
  roleArn: 'arn:aws:iam::444444444444:role/s',
  sessionName: null,
  externalId: 'e1',
  sourceIdentity: 'si',
  durationSeconds: 900,
  tags: { k: 'v' },
  transitiveTagKeys: ['k'],
  policy: '{}',
  policyArns: ['arn:aws:iam::aws:policy/X'],
};

describe('the key of a plan', () => {
  it('is 64 digits, the same each time', () => {
    expect(planKey(PLAN)).toBe(planKey(structuredClone(PLAN)));
    expect(planKey(PLAN)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(Object.entries(OTHER))('changes with %s', (field, value) => {
    expect(planKey({ ...PLAN, [field]: value })).not.toBe(planKey(PLAN));
  });

  it.each(Object.entries(OTHER_HOP))('changes with %s of any hop', (field, value) => {
    const other = { ...HOP, [field]: value };
    const keys = [[HOP], [other], [HOP, HOP], [other, HOP], [HOP, other]].map((hops) =>
      planKey({ ...PLAN, hops }),
    );
    expect(new Set(keys).size).toBe(5);
  });

  it('does not depend on the order in which fields or tags were given', () => {
    const turned = Object.fromEntries(Object.entries(PLAN).reverse()) as unknown as Plan;
    expect(planKey(turned)).toBe(planKey(PLAN));
    const tagged = (tags: Record<string, string>): Plan => ({ ...PLAN, hops: [{ ...HOP, tags }] });
    expect(planKey(tagged({ a: '1', b: '2' }))).toBe(planKey(tagged({ b: '2', a: '1' })));
    expect(planKey(tagged({ a: '1', b: '2' }))).not.toBe(planKey(tagged({ a: '2', b: '1' })));
  });

  it('depends on the order of lists', () => {
    const keyed = (policyArns: string[]): string =>
      planKey({ ...PLAN, hops: [{ ...HOP, policyArns }] });
    expect(keyed(['a', 'b'])).not.toBe(keyed(['b', 'a']));
    expect(keyed(['a,b'])).not.toBe(keyed(['a', 'b']));
  });

  it('is that of the way as far as it goes', () => {
    const plan = { ...PLAN, hops: [HOP, OTHER_HOP] };
    expect(planKey(planPrefix(plan, 1))).toBe(planKey(PLAN));
    expect(planPrefix(plan, 0).hops).toEqual([]);
    expect(planKey(planPrefix(plan, 2))).toBe(planKey(plan));
  });
});

describe('canonical JSON', () => {
  /** The same value, every object's keys in reverse. */
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).reverse();
    return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]));
  };

  it('reads the same for equal values, and differs for others', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(canonicalJson(reversed(a))).toBe(canonicalJson(a));
        expect(JSON.parse(canonicalJson(a))).toEqual(JSON.parse(JSON.stringify(a)));
        const isEqual = canonicalJson(a) === canonicalJson(b);
        expect(isEqual).toBe(
          canonicalJson(JSON.parse(JSON.stringify(a))) ===
            canonicalJson(JSON.parse(JSON.stringify(b))),
        );
      }),
    );
  });
});
