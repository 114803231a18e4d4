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
 * first, then those of the included profile, then what that one includes. A broken inclusion is
 * followed as far as it goes; whoever uses the profile looks at it with `followInclusion`.
 *
 * @see https://github.com/99designs/aws-vault/blob/master/USAGE.md
 */
export function includeProfiles(
  profiles: ReadonlyMap<string, AwsSection>,
): ReadonlyMap<string, AwsSection> {
  const included = [...profiles].map(([name, section]): [string, AwsSection] =>
    includedName(section) ? [name, withIncluded(profiles, section)] : [name, section],
  );
  return new Map(included);
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

function withIncluded(profiles: ReadonlyMap<string, AwsSection>, section: AwsSection): AwsSection {
  const [, ...others] = followInclusion(profiles, section).sections;
  const inherited = others
    .toReversed()
    .flatMap((other) => [...other.values].filter(([key, { value }]) => INCLUDED.has(key) && value));
  const own = [...section.values].filter(([, { value }]) => value !== '');
  return { ...section, values: new Map([...inherited, ...own]) };
}
