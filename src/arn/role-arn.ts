import { findPartition } from './partition.js';

/** The parts of `arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`. */
export interface RoleArn {
  readonly partition: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** With slashes at both ends: `/` or `/team/ops/`. */
  readonly path: string;
  readonly roleName: string;
}

const ROLE_ARN = /^arn:([a-z0-9-]+):iam::(\d{12}):role(\/(?:[\x21-\x7e]+\/)?)([\w+=,.@-]{1,64})$/;

/** Reads an IAM role's ARN; `null` when the text is not one, or names a partition AWS has not. */
export function parseRoleArn(text: string): RoleArn | null {
  const [, partition, accountId, path, roleName] = ROLE_ARN.exec(text) ?? [];
  if (!partition || !accountId || !path || !roleName || !findPartition(partition)) return null;
  return { partition, accountId, path, roleName };
}

/** The inverse of `parseRoleArn`. */
export function formatRoleArn(role: RoleArn): string {
  return `arn:${role.partition}:iam::${role.accountId}:role${role.path}${role.roleName}`;
}

/** The ARN of a role by its name, which may have its path before it: `/team/ops/admin`. */
export function composeRoleArn(partition: string, accountId: string, role: string): string {
  const words = role.replace(/^\//, '').split('/');
  const roleName = words.pop() ?? '';
  const path = words.length === 0 ? '/' : `/${words.join('/')}/`;
  return formatRoleArn({ partition, accountId, path, roleName });
}

/**
 * Tells whether a caller's ARN, as STS gives it, is a session of the role: of the same partition,
 * account and name, since STS leaves the path out.
 */
export function isSessionOfRole(callerArn: string, roleArn: string): boolean {
  const role = parseRoleArn(roleArn);
  const [, partition, service, , accountId, resource = ''] = callerArn.split(':');
  const [kind, roleName] = resource.split('/');
  if (!role || service !== 'sts' || kind !== 'assumed-role') return false;
  return partition === role.partition && accountId === role.accountId && roleName === role.roleName;
}

/**
 * What is wrong with a text that was meant as a role ARN, said so that it can be mended; `null`
 * when nothing is.
 */
export function explainRoleArn(text: string): string | null {
  if (parseRoleArn(text)) return null;
  if (!text.startsWith('arn:')) return 'it does not start with "arn:"';
  const [, partition = '', service, region, accountId = '', resource = ''] = text.split(':');
  if (!findPartition(partition)) return `"${partition}" is not a partition of AWS`;
  if (service === 'sts') return 'it names a session of a role, not the role (arn:…:iam::…:role/…)';
  if (service !== 'iam') return `its service is "${service ?? ''}", not "iam"`;
  if (region) return `it names a region, "${region}", and IAM has none (arn:…:iam::…:role/…)`;
  if (!/^\d{12}$/.test(accountId)) return `"${accountId}" is not a twelve-digit account ID`;
  if (!resource.startsWith('role/')) return `it names "${resource}", not "role/NAME"`;
  const roleName = resource.slice(resource.lastIndexOf('/') + 1);
  if (roleName === '') return 'it names no role after "role/"';
  if (roleName.length > 64) return 'its role name is longer than 64 characters';
  return 'its role name has characters that IAM does not allow';
}
