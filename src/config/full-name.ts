import type { AssumeSection } from './assume-file.js';

/** The full name of an account, or of a role in it: `account/role`, its customer before it. */
export function fullName(account: AssumeSection, ...role: string[]): string {
  const customer = account.values.customer?.value;
  return [...(customer === undefined ? [] : [customer]), account.name, ...role].join('/');
}
