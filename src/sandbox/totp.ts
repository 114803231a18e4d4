import { createHmac } from 'node:crypto';
import { decodeBase32 } from './base32.js';

/** How long one code stands, in seconds: what every virtual MFA device for AWS uses. */
export const TOTP_STEP_SECONDS = 30;

/** AWS takes the codes of the neighbouring steps too, for clocks that drift. */
const DRIFT_STEPS = [0, -1, 1] as const;

/**
 * The six digits that a phone with this seed shows at that instant.
 *
 * @param seed - Base32, as in the QR code.
 * @throws RangeError when the seed is not Base32.
 * @see https://www.rfc-editor.org/rfc/rfc6238
 */
export function totpCode(seed: string, at: Date): string {
  return codeOfStep(seed, stepAt(at));
}

/** The step of 30 s whose code that is, at most one away from now; `null` when it is none of them. */
export function findTotpStep(seed: string, code: string, at: Date): number | null {
  const now = stepAt(at);
  const drift = DRIFT_STEPS.find((steps) => codeOfStep(seed, now + steps) === code);
  return drift === undefined ? null : now + drift;
}

/**
 * The steps of two codes of which the second follows the first; the second may be two steps old, for
 * it takes time to type both. `null` when they are no such pair.
 */
export function findConsecutiveSteps(
  seed: string,
  first: string,
  second: string,
  at: Date,
): readonly [number, number] | null {
  const now = stepAt(at);
  for (const later of [now, now - 1, now - 2, now + 1]) {
    const isPair = codeOfStep(seed, later - 1) === first && codeOfStep(seed, later) === second;
    if (isPair) return [later - 1, later];
  }
  return null;
}

function stepAt(at: Date): number {
  return Math.floor(at.getTime() / 1000 / TOTP_STEP_SECONDS);
}

function codeOfStep(seed: string, step: number): string {
  const key = decodeBase32(seed);
  if (!key) throw new RangeError('The seed of an MFA device is not Base32');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.max(0, step)));
  const digest = createHmac('sha1', key).update(counter).digest();
  // RFC 4226 §5.3: the last four bits say where the code's 31 bits start.
  const start = digest.readUInt8(digest.length - 1) & 0xf;
  const number = digest.readUInt32BE(start) & 0x7fff_ffff;
  return (number % 1_000_000).toString().padStart(6, '0');
}
