import { AssumeError } from '../errors.js';
import { parseAttachedPolicy } from './authorize.js';
import { decodeBase32 } from './base32.js';
import { parsePolicy } from './policy-document.js';
import type { Account, World } from './world.js';

/**
 * Reads every policy document and seed of a world, so that a mistake shows before the first request.
 *
 * @throws AssumeError `CONFIG_INVALID` naming what is wrong and whose it is.
 */
export function checkWorld(world: World): void {
  for (const [arn, document] of Object.entries(world.managedPolicies))
    parsePolicy(document, 'identity', `the managed policy ${arn}`);
  for (const account of world.accounts) checkAccount(world, account);
}

const WAY_OUT = 'correct the world that the sandbox is started with';

function checkAccount(world: World, account: Account): void {
  if (!/^\d{12}$/.test(account.id))
    throw new AssumeError('CONFIG_INVALID', `"${account.id}" is not a twelve-digit account ID`, {
      hint: WAY_OUT,
    });
  for (const user of account.users) {
    const name = `user ${user.name} of account ${account.id}`;
    for (const policy of user.policies) parseAttachedPolicy(world, policy, name);
    for (const { serial, seed } of user.mfaDevices)
      if (seed !== null && !decodeBase32(seed)?.length)
        throw new AssumeError('CONFIG_INVALID', `The seed of MFA device ${serial} is not Base32`, {
          hint: WAY_OUT,
        });
  }
  for (const role of account.roles) {
    const name = `role ${role.name} of account ${account.id}`;
    parsePolicy(role.trustPolicy, 'trust', `the trust policy of ${name}`);
    for (const policy of role.policies) parseAttachedPolicy(world, policy, name);
  }
}
