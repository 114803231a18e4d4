import { parseRoleArn } from '../arn/role-arn.js';
import type { AssumeSection } from '../config/assume-file.js';
import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import { fullName } from '../config/full-name.js';
import { aliasOf } from './alias.js';
import { demanded, nearest, settingsOf, type Layers } from './layers.js';
import type { ListedTarget } from './listed-target.js';
import { roleArnOf } from './listed-role-arn.js';
import { namesCredentials } from './profile-source.js';
import { profileValue } from './profile-value.js';
import { guardsOf, layersOf } from './role-layers.js';
import { fromFile } from './target.js';

/** A key by which `assume write` marks a section of the credentials file as its own. */
export const WRITTEN_MARK = 'x_assume_target';

/** One of them, with what the files say of it. */
export interface CatalogueEntry extends ListedTarget {
  /** What assume's own file says of it, the nearest first: target, account, customer, role. */
  readonly layers: Layers;
  /** The profile it is; `null` for a target of assume's own file. */
  readonly profile: AwsSection | null;
}

/**
 * Every target that the files name: each role of each account of assume's own file in its order,
 * then each AWS profile that names credentials. Profiles that only call us back are left out.
 */
export function makeCatalogue(config: Config): CatalogueEntry[] {
  const { index } = config.assume;
  const rows = index.ofKind('account').flatMap((account) => rolesOf(config, account));
  const crowded = repeated(rows.map(({ name }) => name));
  const named = rows.map((row) => nameShortest(row, crowded));
  const profiles = [...config.aws.profiles.values()]
    .filter((profile) => namesCredentials(profile) && aliasOf(profile) === null)
    .filter((profile) => !profile.values.has(WRITTEN_MARK))
    .map((profile) => entryOfProfile(config, profile));
  return [...named, ...profiles];
}

function rolesOf(config: Config, account: AssumeSection): CatalogueEntry[] {
  const added = config.assume.index.rolesNamedIn(fullName(account));
  const roles = new Set([...(account.values.roles?.value ?? []), ...added]);
  return [...roles].map((role) => entryOfRole(config, account, role));
}

function entryOfRole(config: Config, account: AssumeSection, role: string): CatalogueEntry {
  const layers = layersOf(config, account, role);
  const [target] = layers;
  const accountId = account.values.id?.value ?? null;
  const alias = target?.values.alias?.value;
  const region = nearest(layers, 'region')?.value ?? null;
  const roleArn = accountId === null ? null : roleArnOf(config, layers, accountId, role).value;
  const short = `${account.name}/${role}`;
  return {
    name: short,
    names: [short, fullName(account, role), ...(alias === undefined ? [] : [alias])],
    kind: 'catalogue',
    origin: fromFile('account', target ?? account),
    accountId,
    accountName: account.name,
    customer: account.values.customer?.value ?? null,
    roleName: role,
    shownRole: role,
    holdsKeys: false,
    roleArn,
    tags: nearest(layers, 'tags')?.value ?? {},
    region,
    color: nearest(layers, 'color')?.value ?? null,
    isProtected: demanded([...layers, settingsOf(config)], 'protected', true) !== null,
    layers,
    profile: null,
  };
}

/** The names that stand there more than once. */
function repeated(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}

function nameShortest(row: CatalogueEntry, crowded: ReadonlySet<string>): CatalogueEntry {
  const [short = row.name, full = row.name, ...aliases] = row.names;
  return crowded.has(short)
    ? { ...row, name: full, names: [full, ...aliases] }
    : { ...row, names: [...new Set([short, full, ...aliases])] };
}

function entryOfProfile(config: Config, profile: AwsSection): CatalogueEntry {
  const roleArn = profileValue(profile, 'role_arn')?.value ?? null;
  const parsed = roleArn === null ? null : parseRoleArn(roleArn);
  const byKind = `profile:${profile.name}`;
  return {
    // One that the command line would take for an option is shown as it has to be typed.
    name: profile.name.startsWith('-') ? byKind : profile.name,
    names: [profile.name, byKind],
    kind: 'profile',
    origin: fromFile('profile', profile),
    accountId: parsed?.accountId ?? profileValue(profile, 'sso_account_id')?.value ?? null,
    accountName: null,
    customer: null,
    roleName: parsed?.roleName ?? null,
    shownRole: parsed?.roleName ?? profileValue(profile, 'sso_role_name')?.value ?? null,
    holdsKeys: profile.values.has('aws_access_key_id'),
    roleArn,
    tags: {},
    region: profileValue(profile, 'region')?.value ?? null,
    color: nearest([settingsOf(config)], 'color')?.value ?? null,
    isProtected:
      demanded(
        [settingsOf(config), ...guardsOf(config, { profile, roleArn })],
        'protected',
        true,
      ) !== null,
    layers: [],
    profile,
  };
}
