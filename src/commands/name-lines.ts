/** Names that every shell takes as they are. */
const SHELL_SAFE = /^[\w@%+=:,./-]+$/;

/** For completion: each name once, a line each; one that a shell would not take as it is, is left out. */
export function formatNames(names: readonly string[]): string {
  const safe = new Set(names.filter((name) => SHELL_SAFE.test(name)));
  return [...safe].map((name) => `${name}\n`).join('');
}
