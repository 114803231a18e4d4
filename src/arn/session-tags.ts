/** What STS takes as a tag's key and value. */
const TAG_KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
const MOST_TAGS = 50;

/**
 * What keeps pairs from being the tags of a session: the rest of a sentence that begins with what
 * holds them. `null` when nothing does. STS takes two keys that differ only in case for one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function explainTags(
  pairs: readonly (readonly [key: string, value: string])[],
): string | null {
  if (pairs.length > MOST_TAGS) return `has more than the ${String(MOST_TAGS)} tags that STS takes`;
  const keys = pairs.map(([key]) => key.toLowerCase());
  if (new Set(keys).size < keys.length) return 'has a tag key twice (their case does not count)';
  if (keys.some((key) => key.startsWith('aws:'))) return 'has a tag key with AWS\'s prefix "aws:"';
  return pairs.every(([key, value]) => isTagKey(key) && TAG_VALUE.test(value))
    ? null
    : 'has a tag with characters, or a length, that STS refuses';
}

/** Tells whether STS takes the text as a tag's key. */
export function isTagKey(text: string): boolean {
  return TAG_KEY.test(text);
}
