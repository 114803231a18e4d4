import type { Caller } from '../../src/sandbox/caller.js';
import type { Role, World } from '../../src/sandbox/world.js';

/** Who IAM Identity Center says is logged in. */
export const SSO_USER = 'jane.doe@example.com';

/**
 * A session of the role that IAM Identity Center keeps in an account for one of its own. The role is
 * made when it is first asked for, and may do what administrators of the practice may.
 */
export function reservedRoleCaller(
  world: World,
  accountId: string,
  roleName: string,
  now: Date,
): Caller {
  const account = world.accounts.find(({ id }) => id === accountId);
  if (!account) throw new Error(`the practice has no account ${accountId}`);
  const role = reservedRole(account.roles, roleName);
  const arn = `arn:${world.partition}:iam::${accountId}:role${role.path}${role.name}`;
  const session = `${role.name}/${SSO_USER}`;
  const sessionArn = `arn:${world.partition}:sts::${accountId}:assumed-role/${session}`;
  return {
    principal: { accountId, partition: world.partition, arn, sessionArn },
    account,
    user: null,
    owner: role,
    uniqueId: `${role.id}:${SSO_USER}`,
    kind: 'role',
    issued: now,
    mfaAt: null,
    sessionPolicies: null,
    sourceIdentity: null,
    sessionTags: {},
    transitiveTagKeys: [],
  };
}

function reservedRole(roles: Role[], roleName: string): Role {
  const name = `AWSReservedSSO_${roleName}_0123456789abcdef`;
  const found = roles.find((role) => role.name === name);
  if (found) return found;
  const role: Role = {
    name,
    path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    id: 'AROAEXAMPLEEXAMPLEEXA',
    trustPolicy: { Version: '2012-10-17', Statement: [] },
    maxSessionDurationSeconds: 43_200,
    policies: ['arn:aws:iam::111111111111:policy/administrator'],
    tags: {},
  };
  roles.push(role);
  return role;
}
