/** `2026-11-22T15:00:00Z`: no SDK stumbles over it. */
export function formatInstant(instant: Date): string {
  return instant.toISOString().replace(/\.\d+Z$/, 'Z');
}
