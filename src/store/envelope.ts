import { nodeCrypto } from '../host/node-crypto.js';

const CIPHER = 'aes-256-gcm';
const VERSION = 1;
/** The bytes of an IV. */
export const IV_BYTES = 12;
/** Enforced on both ways: Node would else take a tag of 4 bytes, which is guessed in no time. */
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** The key that everything is sealed with: 32 bytes. */
export const KEY_BYTES = 32;

/**
 * Encrypts a text so that it opens only with this key and in this context: version, IV, tag, ciphertext.
 *
 * @param iv - 12 random bytes, new for each text.
 * @param context - What the text is; not part of the answer, and needed to open it.
 */
export function seal(key: Buffer, iv: Buffer, context: string, text: string): Buffer {
  const cipher = nodeCrypto().createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), sealed]);
}

/** Opens it; `null` for any other key or context, or when a single bit was changed. */
export function unseal(key: Buffer, context: string, blob: Buffer): string | null {
  if (blob.length < HEADER_BYTES || blob[0] !== VERSION) return null;
  const iv = blob.subarray(1, 1 + IV_BYTES);
  const decipher = nodeCrypto().createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(blob.subarray(1 + IV_BYTES, HEADER_BYTES));
  try {
    return decipher.update(blob.subarray(HEADER_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}
