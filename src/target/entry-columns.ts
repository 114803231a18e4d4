import { visible } from '../visible.js';
import type { CatalogueEntry } from './catalogue.js';
import { profileValue } from './profile-value.js';
import { tagWords } from './match-words.js';

/**
 * What lists and pickers show of entries, a row each, safe to show: name, account, role, customer,
 * tags, region, whether it is protected. A role is shown only beside a profile's that has one, since
 * every other name ends with it.
 */
export function entryColumns(entries: readonly CatalogueEntry[]): string[][] {
  const showsRoles = entries.some((entry) => entry.profile && roleOf(entry) !== null);
  return entries.map((entry) =>
    [
      entry.name,
      entry.accountId ?? (entry.profile?.values.has('aws_access_key_id') ? 'keys' : ''),
      showsRoles ? (roleOf(entry) ?? '') : '',
      entry.customer ?? '',
      tagWords(entry).join(' '),
      entry.region ?? '',
      entry.isProtected ? 'protected' : '',
    ].map(visible),
  );
}

/** The role of IAM, or of IAM Identity Center. */
function roleOf({ profile, roleName }: CatalogueEntry): string | null {
  return roleName ?? (profile && profileValue(profile, 'sso_role_name')?.value) ?? null;
}
