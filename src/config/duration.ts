const SECONDS = /^\d{1,9}$/;
const UNITS = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?$/;

/**
 * Reads a duration as people and AWS write it: `3600` (seconds), `45m`, `1h30m`, `12h`, `90s`.
 *
 * @returns Whole seconds; `null` when the text is no duration. Ranges are the caller's.
 */
export function parseDuration(text: string): number | null {
  if (SECONDS.test(text)) return Number(text);
  const units = UNITS.exec(text);
  if (!units || text === '') return null;
  const [, hours = '0', minutes = '0', seconds = '0'] = units;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** The shortest text that `parseDuration` reads as these seconds: `1h30m`, `45m`, `1m30s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor(whole / 60) % 60, 'm'],
    [whole % 60, 's'],
  ];
  const text = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${String(count)}${unit}`);
  return text.join('') || '0s';
}
