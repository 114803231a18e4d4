/** The name of the system's error, such as `ENOENT`; `null` for anything else that was thrown. */
export function errnoOf(thrown: unknown): string | null {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : null;
}
