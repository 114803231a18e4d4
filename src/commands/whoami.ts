import { isSessionOfRole } from '../arn/role-arn.js';
import { getCallerIdentity, type CallerIdentity } from '../aws/sts.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { visible, visibleJson } from '../visible.js';
import type { Command } from './command.js';
import { findShellCaller } from './shell-caller.js';

/** Asks AWS who this shell is, and holds its variables to the answer. */
export const command: Command = {
  run: async (request, host) => {
    const { aws, credentials, source, how } = await findShellCaller(request, host);
    const caller = await getCallerIdentity(aws, credentials);
    const claim = claimOf(host.env);
    const target = claim && isTrue(claim, caller) ? claim.target : null;
    const { accountId, arn } = caller;
    host.stdout(
      request.options.json
        ? `${visibleJson({ version: 1, target, accountId, arn, source })}\n`
        : `${visible(arn)}\naccount ${visible(accountId)}, ${visible(target === null ? how : `target ${target}`)}\n`,
    );
    if (claim && target === null) throw falseClaim(claim, caller);
    return 0;
  },
};

/** What the variables of a delivery say that this shell is. */
interface Claim {
  readonly target: string;
  readonly roleArn: string | null;
  readonly accountId: string | null;
}

function claimOf(env: Environment): Claim | null {
  const target = env['ASSUME_TARGET'];
  if (!target) return null;
  return {
    target,
    roleArn: env['ASSUME_ROLE_ARN'] ?? null,
    accountId: env['ASSUME_ACCOUNT_ID'] ?? null,
  };
}

function isTrue({ roleArn, accountId }: Claim, caller: CallerIdentity): boolean {
  const isAccount = accountId === null || accountId === caller.accountId;
  return isAccount && (roleArn === null || isSessionOfRole(caller.arn, roleArn));
}

function falseClaim({ target, roleArn, accountId }: Claim, { arn }: CallerIdentity): AssumeError {
  const said = [target, roleArn, accountId && `account ${accountId}`].filter(Boolean).join(', ');
  return new AssumeError(
    'FAILED',
    `the variables of this shell do not match its credentials: they say ${visible(said)}, AWS says ${visible(arn)}`,
    {
      hint: `to be it again: assume ${visible(target)}; to be rid of the variables: assume leave, or exit`,
    },
  );
}
