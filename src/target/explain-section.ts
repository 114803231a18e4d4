import type { AssumeSection } from '../config/assume-file.js';
import type { AwsSection } from '../config/aws-file.js';
import type { AwsFiles } from '../config/aws-files.js';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { readAlias } from './alias.js';
import { WRITTEN_MARK, type CatalogueEntry } from './catalogue.js';
import type { Directory } from './directory.js';
import { noCredentials } from './profile-source.js';
import { formatPlace, profileValue, type Place } from './profile-value.js';

/**
 * Why the section of that name is no target, and what would make one of it.
 *
 * @param name - One that no target has.
 * @returns `null` when no section has it either.
 * @throws AssumeError CONFIG_INVALID for a profile that calls us with words that we do not take.
 */
export function explainSection(directory: Directory, name: string): AssumeError | null {
  const { assume, aws } = directory.config;
  const profile = aws.profiles.get(name.replace(/^profile:/, ''));
  if (profile) return explainProfile(directory, profile);
  const shared = explainShared(aws, name);
  if (shared) return shared;
  for (const kind of ['account', 'customer', 'role', 'identity'] as const) {
    const section = assume.sections.find((one) => one.kind === kind && namesOf(one).includes(name));
    if (section) return EXPLAIN[kind](section, directory.catalogue);
  }
  return null;
}

function explainProfile(directory: Directory, profile: AwsSection): AssumeError {
  const alias = readAlias(profile);
  if (alias) return explainSection(directory, alias.name) ?? leadsNowhere(profile, alias.name);
  const target = profile.values.get(WRITTEN_MARK)?.value;
  if (target === undefined) return noCredentials(profile);
  const shown = visible(target);
  return noTarget(
    profile,
    `profile ${visible(profile.name)} is what assume write has written for ${shown}`,
    `name that target: assume ${shown}`,
  );
}

function leadsNowhere(profile: AwsSection, name: string): AssumeError {
  return noTarget(
    profileValue(profile, 'credential_process') ?? profile,
    `profile ${visible(profile.name)} stands for ${visible(name)}, which is the exact name of no target`,
    'correct it there; see all: assume list',
  );
}

/** Of AWS's sections those that profiles name. */
function explainShared(aws: AwsFiles, name: string): AssumeError | null {
  const shown = visible(name);
  const session = aws.ssoSessions.get(name);
  if (session) {
    return noTarget(
      session,
      `${shown} is an sso-session, which a profile names`,
      `write a [profile NAME] with sso_session = ${shown}, sso_account_id and sso_role_name`,
    );
  }
  const services = aws.services.get(name);
  const what = `${shown} is a services section, which a profile names`;
  return services ? noTarget(services, what, 'name such a profile; see all: assume list') : null;
}

type Explain = (section: AssumeSection, catalogue: readonly CatalogueEntry[]) => AssumeError;

const EXPLAIN: Readonly<Record<'account' | 'customer' | 'role' | 'identity', Explain>> = {
  account: (section, catalogue) => {
    const found = catalogue.filter(({ accountName: name, customer }) =>
      namesOf(section).includes([customer, name].filter((part) => part !== null).join('/')),
    );
    const shown = visible(section.name);
    return found.length === 0
      ? noTarget(section, `account ${shown} has no roles`, 'list them there: roles = NAME, NAME')
      : noTarget(
          section,
          `${shown} is an account, of which a role has to be named`,
          writeOneOf(found),
        );
  },
  customer: (section, catalogue) => {
    const found = catalogue.filter(({ customer }) => customer === section.name);
    const shown = visible(section.name);
    return found.length === 0
      ? noTarget(section, `customer ${shown} has no roles`, `list them in [account ${shown}/NAME]`)
      : noTarget(
          section,
          `${shown} is a customer, of whom a role has to be named`,
          writeOneOf(found),
        );
  },
  role: (section) => {
    const shown = visible(section.name);
    return noTarget(section, `no account has the role ${shown}`, `add it to one: roles = ${shown}`);
  },
  identity: (section) => {
    const shown = visible(section.name);
    return noTarget(
      section,
      `${shown} is an identity, from which targets start`,
      `log in with it: assume login ${shown}; see all targets: assume list`,
    );
  },
};

/** An account is also named with its customer. */
function namesOf({ name, values: { customer } }: AssumeSection): string[] {
  return customer === undefined ? [name] : [name, `${customer.value}/${name}`];
}

const MOST_NAMES = 20;

/** What to type instead of a word that means several targets, or one under another name. */
export function writeOneOf(entries: readonly CatalogueEntry[]): string {
  const names = entries.slice(0, MOST_NAMES).map(({ name }) => visible(name));
  const more =
    entries.length > MOST_NAMES ? `, and ${String(entries.length - MOST_NAMES)} more` : '';
  return `write ${entries.length > 1 ? 'one of: ' : ''}${names.join(', ')}${more}`;
}

function noTarget(place: Place, what: string, hint: string): AssumeError {
  return new AssumeError('TARGET_UNKNOWN', `${formatPlace(place)}: ${what}`, { hint });
}
