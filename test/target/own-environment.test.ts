import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/host/host.js';
import { ownEnvironment, ownName, ownValue } from '../../src/target/own-environment.js';

const IN_TARGET = {
  ASSUME_TARGET: 'prod',
  AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'fake',
  AWS_SESSION_TOKEN: 'fake',
  AWS_CREDENTIAL_EXPIRATION: '2026-01-02T04:00:00Z',
  AWS_SESSION_EXPIRATION: '2026-01-02T04:00:00Z',
  AWS_REGION: 'eu-west-1',
};

describe("a user's own variable", () => {
  it.each<[string, Environment, string | null]>([
    ['in a shell of no target', { AWS_PROFILE: 'mine' }, 'mine'],
    ['unset', {}, null],
    ['blank', { AWS_PROFILE: '' }, null],
    [
      "in a target's shell",
      { ...IN_TARGET, AWS_PROFILE: 'x', ASSUME_BEFORE_AWS_PROFILE: 'mine' },
      'mine',
    ],
    ["set in a target's shell", { ...IN_TARGET, AWS_PROFILE: 'x' }, null],
    ["blank before a target's shell", { ...IN_TARGET, ASSUME_BEFORE_AWS_PROFILE: '' }, null],
  ])('%s', (_, env, value) => {
    expect(ownValue(env, 'AWS_PROFILE')).toBe(value);
  });

  it('is named as it stands in the environment', () => {
    expect(ownName({}, 'AWS_REGION')).toBe('AWS_REGION');
    expect(ownName(IN_TARGET, 'AWS_REGION')).toBe('ASSUME_BEFORE_AWS_REGION');
  });
});

describe("a user's own environment", () => {
  it('is the environment where no target is', () => {
    const env = { AWS_PROFILE: 'mine', AWS_ACCESS_KEY_ID: 'A' };
    expect(ownEnvironment(env)).toBe(env);
  });

  it("has nothing of a target's, and what was there before it", () => {
    const own = ownEnvironment({ ...IN_TARGET, HOME: '/h', ASSUME_BEFORE_AWS_PROFILE: 'mine' });
    const set = Object.entries(own).filter(([, value]) => value !== undefined);
    expect(Object.fromEntries(set)).toEqual({
      HOME: '/h',
      AWS_PROFILE: 'mine',
      ASSUME_BEFORE_AWS_PROFILE: 'mine',
    });
  });
});
