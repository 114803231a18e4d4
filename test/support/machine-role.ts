import type { IssuedCredentials } from '../../src/sandbox/issued-credentials.js';
import type { Role } from '../../src/sandbox/world.js';
import type { Practice } from './practice.js';

const ACCOUNT = '111111111111';

/** The role that machines and programs of the shared account have. */
export const MACHINE_ROLE = `arn:aws:iam::${ACCOUNT}:role/machine`;

/**
 * A session of that role, as EC2, ECS, EKS or a process hands it out: the practice AWS takes it, and
 * it may assume what administrators may.
 */
export function issueMachineRole(
  { aws }: Practice,
  secondsLeft = 3600,
  sessionName = 'i-0123456789abcdef0',
): IssuedCredentials {
  const account = aws.world.accounts.find(({ id }) => id === ACCOUNT);
  if (!account) throw new Error('the practice has no shared account');
  const role = machineRole(account.roles);
  const now = new Date();
  const caller = {
    principal: {
      accountId: ACCOUNT,
      partition: aws.world.partition,
      arn: MACHINE_ROLE,
      sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role.name}/${sessionName}`,
    },
    account,
    user: null,
    owner: role,
    uniqueId: `${role.id}:${sessionName}`,
    kind: 'role',
    issued: now,
    mfaAt: null,
    sessionPolicies: null,
    sourceIdentity: null,
    sessionTags: {},
    transitiveTagKeys: [],
  } as const;
  return aws.issue(caller, new Date(now.getTime() + secondsLeft * 1000));
}

function machineRole(roles: Role[]): Role {
  const found = roles.find(({ name }) => name === 'machine');
  if (found) return found;
  const role: Role = {
    name: 'machine',
    path: '/',
    id: 'AROAEXAMPLEMACHINE000',
    trustPolicy: { Version: '2012-10-17', Statement: [] },
    maxSessionDurationSeconds: 43_200,
    policies: [`arn:aws:iam::${ACCOUNT}:policy/administrator`],
    tags: {},
  };
  roles.push(role);
  return role;
}
