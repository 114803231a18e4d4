import type { AwsSection, AwsValue } from './aws-file.js';

/** What aws-vault takes from the profile that `include_profile` names; a secret is never among it. */
const INCLUDED: ReadonlySet<string> = new Set([
  'mfa_serial',
  'mfa_process',
  'role_arn',
  'external_id',
  'region',
  'role_session_name',
  'duration_seconds',
  'source_profile',
  'sso_session',
  'sso_start_url',
  'sso_region',
  'sso_account_id',
  'sso_role_name',
  'web_identity_token_file',
  'sts_regional_endpoints',
  'session_tags',
  'transitive_session_tags',
  'source_identity',
  'credential_process',
]);

/** A profile and those that it includes, and where that ends. */
export interface Inclusion {
  /** The profile itself first, then what each includes. */
  readonly sections: readonly AwsSection[];
  /** The `include_profile` that leads nowhere, or back; `null` when all is well. */
  readonly broken: AwsValue | null;
}

/**
 * Gives every profile the values that it includes, each with the place it stands at: its own go
 * first, then those of the included profile, then what that one includes. Each is made whole once,
 * so that long ways cost no more than short ones. A broken inclusion is followed as far as it goes,
 * a circle up to the profile by which it is entered; whoever uses the profile looks at it with
 * `followInclusion`.
 *
 * @see https://github.com/99designs/aws-vault/blob/master/USAGE.md
 */
export function includeProfiles(
  profiles: ReadonlyMap<string, AwsSection>,
): ReadonlyMap<string, AwsSection> {
  const whole = new Map<string, AwsSection>();
  const includedBy = (section: AwsSection): AwsSection | undefined =>
    profiles.get(includedName(section)?.value ?? '');
  for (const section of profiles.values()) {
    const path = new Set<AwsSection>();
    let next: AwsSection | undefined = section;
    while (next && !whole.has(next.name) && !path.has(next)) {
      path.add(next);
      next = includedBy(next);
    }
    for (const each of [...path].reverse()) {
      const included = whole.get(includedBy(each)?.name ?? '');
      whole.set(each.name, includedName(each) ? withIncluded(each, included) : each);
    }
  }
  return new Map([...profiles].map(([name, section]) => [name, whole.get(name) ?? section]));
}

/** Walks from a profile through all that it includes. */
export function followInclusion(
  profiles: ReadonlyMap<string, AwsSection>,
  section: AwsSection,
): Inclusion {
  const sections = [section];
  const seen = new Set([section.name]);
  let named = includedName(section);
  while (named) {
    const next = profiles.get(named.value);
    if (!next || seen.has(next.name)) return { sections, broken: named };
    sections.push(next);
    seen.add(next.name);
    named = includedName(next);
  }
  return { sections, broken: null };
}

function includedName(section: AwsSection): AwsValue | null {
  const named = section.values.get('include_profile');
  return named === undefined || named.value === '' ? null : named;
}

function withIncluded(section: AwsSection, included: AwsSection | undefined): AwsSection {
  const own = new Map([...section.values].filter(([, { value }]) => value !== ''));
  const inherited = [...(included?.values ?? [])].filter(
    ([key, { value }]) => INCLUDED.has(key) && value !== '' && !own.has(key),
  );
  return {
    ...section,
    values: new Map([...inherited, ...own]),
    included: new Map(
      inherited.map(([key]) => [key, included?.included?.get(key) ?? included?.name ?? '']),
    ),
  };
}
