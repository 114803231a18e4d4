import jsqr from 'jsqr';

/**
 * What a phone would read; `null` when it is no QR code.
 *
 * @param rows - Black as `true`.
 * @param scale - Pixels a side that each becomes: a reader wants more than one a module.
 */
export function readQrCode(rows: readonly (readonly boolean[])[], scale = 4): string | null {
  const [width, height] = [(rows[0]?.length ?? 0) * scale, rows.length * scale];
  const greys = rows.flatMap((row) => {
    const line = row.flatMap((isBlack) => Array<number>(scale).fill(isBlack ? 0 : 255));
    return Array<number[]>(scale).fill(line).flat();
  });
  const pixels = Uint8ClampedArray.from(greys.flatMap((grey) => [grey, grey, grey, 255]));
  return jsqr.default(pixels, width, height)?.data ?? null;
}
