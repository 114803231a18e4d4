/** Races and kill loops run at full count, and tell what they counted, under `npm run test:long`. */
export const IS_FULL = Boolean(process.env['ASSUME_TEST_FULL']);

/** Tells the figures of a full run. */
export function tellFigures(text: string): void {
  if (IS_FULL) console.info(`figures: ${text}`);
}

/** The middle and the greatest of them, in whole milliseconds. */
export function spread(milliseconds: readonly number[]): string {
  const sorted = milliseconds.toSorted((left, right) => left - right);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return `median ${middle.toFixed(0)} ms, most ${(sorted.at(-1) ?? 0).toFixed(0)} ms`;
}
