/** STS takes 2 to 64 of these. */
const ILLEGAL = /[^\w+=,.@-]/gu;

/**
 * The name that CloudTrail shows for a person's role session. Characters that STS refuses become
 * `-`, and a name of one character gets one more.
 *
 * @param pattern - May hold `{user}`.
 * @returns `null` when the pattern needs the user's name and it is not known.
 */
export function formatSessionName(pattern: string, userName: string | null): string | null {
  if (pattern.includes('{user}') && userName === null) return null;
  const name = pattern.replaceAll('{user}', () => userName ?? '').replace(ILLEGAL, '-');
  return name.slice(0, 64).padEnd(2, '-');
}
