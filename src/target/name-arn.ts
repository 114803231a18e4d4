import { explainRoleArn, parseRoleArn } from '../arn/role-arn.js';
import type { Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { layersOf, type CatalogueEntry } from './catalogue.js';
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
 * The entry that a role's ARN or `id/role` names: the catalogue's own where it has that role, so
 * that its external ID and safeguards hold; else one that has no more than its account's section.
 *
 * @returns `null` when the text is neither.
 * @throws AssumeError TARGET_UNKNOWN for an ARN that names no role.
 */
export function entryOfArn(
  config: Config,
  catalogue: readonly CatalogueEntry[],
  text: string,
): CatalogueEntry | null {
  const named = parseNamedRole(text);
  if (!named) return null;
  const roleName = named.role.split('/').pop() ?? named.role;
  const listed = catalogue.filter(
    (entry) =>
      entry.kind === 'catalogue' &&
      entry.accountId === named.accountId &&
      (named.roleArn === null ? entry.roleName === named.role : entry.roleArn === named.roleArn),
  );
  const [only, second] = listed;
  if (only && !second) return only;
  if (only) throw ambiguous(text, listed);
  const accounts = config.assume.sections.filter(
    (section) => section.kind === 'account' && section.values.id?.value === named.accountId,
  );
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

function ambiguous(text: string, entries: readonly CatalogueEntry[]): AssumeError {
  return new AssumeError('TARGET_AMBIGUOUS', `${visible(text)} is listed more than once`, {
    hint: `write one of: ${entries.map((entry) => visible(entry.name)).join(', ')}`,
  });
}
