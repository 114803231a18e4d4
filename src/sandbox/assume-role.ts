import type { RoleArn } from '../arn/role-arn.js';
import { authorize, notAuthorized } from './authorize.js';
import type { Call } from './call.js';
import type { Caller } from './caller.js';
import { formatCredentials, issueCredentials } from './issued-credentials.js';
import { parsePolicy } from './policy-document.js';
import { validationError } from './refusal.js';
import { readRoleRequest, type RoleRequest } from './role-request.js';
import type { Account, Role, World } from './world.js';
import type { XmlObject } from './xml.js';

interface FoundRole {
  readonly account: Account;
  readonly role: Role;
}

/**
 * Credentials of a role, if the policies of both sides allow it.
 *
 * @throws Refusal as STS refuses: first what is wrong with the request, then its MFA code, then the
 * policies, and last what only those whom the role trusts may know, its longest session.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function assumeRole(call: Call): XmlObject {
  const request = readRoleRequest(call);
  const found = findTrustingRole(call, request);
  if (request.durationSeconds > found.role.maxSessionDurationSeconds)
    throw validationError(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  const session = makeRoleCaller(call, request, found);
  const expiration = new Date(call.now.getTime() + request.durationSeconds * 1000);
  const credentials = issueCredentials(session, expiration);
  call.memory.issued.set(credentials.accessKeyId, credentials);
  return {
    Credentials: formatCredentials(credentials),
    AssumedRoleUser: { AssumedRoleId: session.uniqueId, Arn: session.principal.sessionArn },
    PackedPolicySize: request.policies.packedSizePercent,
    SourceIdentity: session.sourceIdentity,
  };
}

/** A role that is not there is refused as one that trusts nobody, but without a reason. */
function findTrustingRole(call: Call, request: RoleRequest): FoundRole {
  const found = findRole(call.world, request.roleArn);
  const [assume] = request.wishes;
  if (!found) {
    authorize(call, assume, null);
    throw notAuthorized(call, assume, '');
  }
  const name = `the trust policy of ${assume.resource}`;
  const trustPolicy = parsePolicy(found.role.trustPolicy, 'trust', name);
  for (const wish of request.wishes)
    authorize(call, wish, { accountId: found.account.id, trustPolicy });
  // Once set, a source identity stays for the whole chain of roles.
  if (call.caller.sourceIdentity !== null && call.caller.sourceIdentity !== request.sourceIdentity)
    throw notAuthorized(call, { ...assume, action: 'sts:SetSourceIdentity' }, '');
  return found;
}

function findRole(world: World, arn: RoleArn): FoundRole | null {
  const account = world.accounts.find(({ id }) => id === arn.accountId);
  const role = account?.roles.find(({ name, path }) => name === arn.roleName && path === arn.path);
  return account && role && arn.partition === world.partition ? { account, role } : null;
}

/** It has no MFA whatever its caller had: AWS passes that on to no role session. */
function makeRoleCaller(call: Call, request: RoleRequest, { account, role }: FoundRole): Caller {
  const { partition } = call.world;
  const session = `${role.name}/${request.sessionName}`;
  return {
    principal: {
      accountId: account.id,
      partition,
      arn: `arn:${partition}:iam::${account.id}:role${role.path}${role.name}`,
      sessionArn: `arn:${partition}:sts::${account.id}:assumed-role/${session}`,
    },
    account,
    user: null,
    owner: role,
    uniqueId: `${role.id}:${request.sessionName}`,
    kind: 'role',
    issued: call.now,
    mfaAt: null,
    sessionPolicies: request.policies.documents,
    sourceIdentity: request.sourceIdentity,
    sessionTags: request.tags.tags,
    transitiveTagKeys: request.tags.transitiveKeys,
  };
}
