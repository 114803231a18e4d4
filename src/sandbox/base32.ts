const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bytes as Base32 without padding, as seeds of MFA devices and access key IDs are written. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += letter(pending >> (bits - 5));
    pending &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + letter(pending << (5 - bits));
}

/**
 * The inverse of `encodeBase32`; padding is allowed, spare bits at the end are dropped, and letters
 * may be small. `null` when the text holds anything else.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4648#section-6
 */
export function decodeBase32(text: string): Buffer | null {
  const bytes: number[] = [];
  let bits = 0;
  let pending = 0;
  for (const character of text.replace(/=+$/, '').toUpperCase()) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    pending = (pending << 5) | value;
    bits += 5;
    if (bits >= 8) bytes.push((pending >> (bits -= 8)) & 0xff);
    pending &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}

function letter(value: number): string {
  return ALPHABET.charAt(value & 31);
}
