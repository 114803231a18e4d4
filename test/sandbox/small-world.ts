import type {
  AccessKey,
  Account,
  AttachedPolicy,
  Role,
  User,
  World,
} from '../../src/sandbox/world.js';

/** The instant at which most tests stand still. */
export const NOON = new Date('2026-03-01T12:00:00Z');
export const HOME = '111122223333';
export const AWAY = '444455556666';
export const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
export const ALICE_KEY: AccessKey = {
  id: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  isActive: true,
  created: NOON,
};
export const ALICE_SERIAL = `arn:aws:iam::${HOME}:mfa/alice`;

type Statement = Readonly<Record<string, unknown>>;

/** A policy document of those statements. */
export function policy(...statements: Statement[]): { Version: string; Statement: Statement[] } {
  return { Version: '2012-10-17', Statement: statements };
}

/** An attached inline policy that allows or denies. */
export function inline(Effect: 'Allow' | 'Deny', rest: Statement): AttachedPolicy {
  return { name: 'test', document: policy({ Effect, ...rest }) };
}

/** Lets its owner assume anything, with tags and a source identity. */
export const ASSUME_ANYTHING = inline('Allow', { Action: 'sts:*', Resource: '*' });

/** A trust policy that lets the principal do all of sts, on that condition. */
export function trust(principal: string, condition: Statement = {}): unknown {
  return policy({
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: 'sts:*',
    Condition: condition,
  });
}

export function makeUser(name: string, changes: Partial<User> = {}): User {
  return {
    name,
    path: '/',
    id: `AIDA${name.toUpperCase()}EXAMPLE`,
    created: NOON,
    accessKeys: [],
    mfaDevices: [],
    policies: [],
    tags: {},
    ...changes,
  };
}

export function makeRole(name: string, trustPolicy: unknown, changes: Partial<Role> = {}): Role {
  return {
    name,
    path: '/',
    id: `AROA${name.toUpperCase()}EXAMPLE`,
    trustPolicy,
    maxSessionDurationSeconds: 43_200,
    policies: [],
    tags: {},
    ...changes,
  };
}

/** Alice with a key and a device in one account, whatever the test adds, and roles in another. */
export function makeWorld(given: {
  alice?: Partial<User>;
  roles?: Role[];
  homeRoles?: Role[];
  changes?: Partial<World>;
}): World {
  const alice = makeUser('alice', {
    accessKeys: [ALICE_KEY],
    mfaDevices: [{ serial: ALICE_SERIAL, seed: SEED, enabled: NOON }],
    policies: [ASSUME_ANYTHING],
    ...given.alice,
  });
  const accounts: Account[] = [
    {
      id: HOME,
      name: 'home',
      users: [alice],
      roles: given.homeRoles ?? [],
      unassignedDevices: [],
    },
    { id: AWAY, name: 'away', users: [], roles: given.roles ?? [], unassignedDevices: [] },
  ];
  return {
    partition: 'aws',
    accounts,
    managedPolicies: {},
    disabledRegions: [],
    explainsRefusals: true,
    sourceIp: '127.0.0.1',
    pageSize: 100,
    newKeyDelay: { seconds: 0, requests: 0 },
    lastUseDelaySeconds: 0,
    ...given.changes,
  };
}
