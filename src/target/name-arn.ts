import { explainRoleArn, parseRoleArn } from '../arn/role-arn.js';
import type { Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import type { CatalogueEntry } from './catalogue.js';
import { layersOf } from './role-layers.js';
import { fromFlag } from './target.js';

/** A role's ARN, or `123456789012/RoleName`, taken apart. */
interface NamedRole {
  readonly accountId: string;
  /** With its path, if one was written: `ops/admin`. */
  readonly role: string;
  /** `null` leaves the partition to the identity. */
  readonly roleArn: string | null;
}

/**
 * The entries that a role's ARN or `id/role` names: the catalogue's own where it has that role, so
 * that its external ID and safeguards hold; else one that has no more than its account's section.
 *
 * @returns None when the text is neither.
 * @throws AssumeError TARGET_UNKNOWN for an ARN that names no role.
 */
export function entriesOfArn(
  config: Config,
  catalogue: readonly CatalogueEntry[],
  text: string,
): CatalogueEntry[] {
  const named = parseNamedRole(text);
  if (!named) return [];
  const roleName = named.role.split('/').pop() ?? named.role;
  const listed = catalogue.filter(
    (entry) =>
      entry.kind === 'catalogue' &&
      entry.accountId === named.accountId &&
      (named.roleArn === null ? entry.roleName === named.role : entry.roleArn === named.roleArn),
  );
  return listed.length > 0 ? listed : [unlistedEntry(config, named, text, roleName)];
}

/** A role that no file lists: it has what is said of its account, and of any role of that name. */
function unlistedEntry(
  config: Config,
  named: NamedRole,
  text: string,
  roleName: string,
): CatalogueEntry {
  const accounts = config.assume.index.accountsWithId(named.accountId);
  const account = accounts.length === 1 ? (accounts[0] ?? null) : null;
  return {
    name: text,
    names: [text],
    kind: 'arn',
    origin: fromFlag('TARGET'),
    accountId: named.accountId,
    accountName: account?.name ?? null,
    customer: null,
    roleName: named.role,
    roleArn: named.roleArn,
    tags: {},
    region: null,
    color: null,
    isProtected: false,
    layers: layersOf(config, account, roleName),
    profile: null,
    shownRole: roleName,
    holdsKeys: false,
  };
}

function parseNamedRole(text: string): NamedRole | null {
  if (text.startsWith('arn:')) {
    const role = parseRoleArn(text);
    if (role) return { accountId: role.accountId, role: role.roleName, roleArn: text };
    throw new AssumeError('TARGET_UNKNOWN', `${visible(text)} is not the ARN of a role`, {
      hint: explainRoleArn(text) ?? undefined,
    });
  }
  const [, accountId, role] = /^(\d{12})\/((?:[\x21-\x7e]+\/)?[\w+=,.@-]{1,64})$/.exec(text) ?? [];
  return accountId && role ? { accountId, role, roleArn: null } : null;
}
