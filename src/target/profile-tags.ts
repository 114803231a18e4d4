import type { AwsSection } from '../config/aws-file.js';
import { tagKeys, tags, type Parsed } from '../config/setting-values.js';
import { givenValue, invalidValue } from './profile-value.js';
import type { Given } from './target.js';

/**
 * `session_tags`, written `k=v` and separated by commas.
 *
 * @throws AssumeError CONFIG_INVALID with file and line for tags that STS would refuse.
 */
export function profileTags(profile: AwsSection): Given<Readonly<Record<string, string>>> | null {
  return parsedValue(profile, 'session_tags', tags);
}

/**
 * `transitive_session_tags`, the keys of tags that later hops keep; a comma too many is no harm.
 *
 * @throws AssumeError CONFIG_INVALID with file and line for keys that STS would refuse.
 */
export function profileTransitiveTags(profile: AwsSection): Given<readonly string[]> | null {
  return parsedValue(profile, 'transitive_session_tags', (text) =>
    tagKeys(
      text
        .split(',')
        .filter((key) => key.trim() !== '')
        .join(),
    ),
  );
}

function parsedValue<T>(
  profile: AwsSection,
  key: string,
  parse: (text: string) => Parsed<T>,
): Given<T> | null {
  const given = givenValue(profile, key);
  if (!given) return null;
  const parsed = parse(given.value);
  if ('problem' in parsed) throw invalidValue(profile, key, `${key} ${parsed.problem}`);
  return { ...given, value: parsed.value };
}
