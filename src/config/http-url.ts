/** What keeps a text from being an endpoint's URL; `null` when nothing does. */
export function explainHttpUrl(text: string): string | null {
  if (!/^https?:\/\/\S+$/.test(text) || !URL.canParse(text)) {
    return 'must be a URL that starts with https:// or http://';
  }
  const { username, password } = new URL(text);
  return username || password ? 'must hold no user name or password' : null;
}
