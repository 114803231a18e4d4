import { parseRoleArn } from '../arn/role-arn.js';
import type { AssumeSection } from '../config/assume-file.js';
import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import { fullName } from '../config/full-name.js';
import type { Layers } from './layers.js';

/** The sections that speak about a role of an account, whether or not the account lists the role. */
export function layersOf(config: Config, account: AssumeSection | null, roleName: string): Layers {
  const { index } = config.assume;
  const role = index.find('role', roleName);
  if (!account) return [role];
  const customer = account.values.customer?.value;
  const target = index.find('target', fullName(account, roleName));
  return [target, account, customer === undefined ? null : index.find('customer', customer), role];
}

/**
 * What assume's own file says of the role that a profile leads to. Only its safeguards hold for the
 * profile: going round by another name loosens nothing.
 */
export function guardsOf(
  config: Config,
  { profile, roleArn }: { readonly profile: AwsSection | null; readonly roleArn: string | null },
): Layers {
  const role = profile && roleArn !== null ? parseRoleArn(roleArn) : null;
  if (!role) return [];
  const accounts = config.assume.index.accountsWithId(role.accountId);
  return accounts.length === 0
    ? layersOf(config, null, role.roleName)
    : accounts.flatMap((account) => layersOf(config, account, role.roleName));
}
