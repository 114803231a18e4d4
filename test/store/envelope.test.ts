import { createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from '../../src/store/envelope.js';

const KEY = Buffer.alloc(32, 1);
const IV = Buffer.alloc(12, 2);
const TEXT = 'a secret, é';
const sealed = (): Buffer => seal(KEY, IV, 'role a', TEXT);

/** The blob with other bytes from there on. */
function changed(at: number, bytes: Buffer): Buffer {
  const blob = sealed();
  bytes.copy(blob, at);
  return blob;
}

describe('an envelope', () => {
  it('opens with its key and in its context', () => {
    expect(unseal(KEY, 'role a', sealed())).toBe(TEXT);
    expect(sealed().toString('latin1')).not.toContain('secret');
  });

  it('is version, IV, tag of 16 bytes, and AES-256-GCM', () => {
    const blob = sealed();
    expect(blob[0]).toBe(1);
    const decipher = createDecipheriv('aes-256-gcm', KEY, blob.subarray(1, 13), {
      authTagLength: 16,
    });
    decipher.setAAD(Buffer.from('role a')).setAuthTag(blob.subarray(13, 29));
    expect(decipher.update(blob.subarray(29), undefined, 'utf8') + decipher.final('utf8')).toBe(
      TEXT,
    );
  });

  it('opens with no other key and in no other context', () => {
    expect(unseal(Buffer.alloc(32, 9), 'role a', sealed())).toBeNull();
    expect(unseal(KEY, 'role b', sealed())).toBeNull();
    expect(unseal(KEY, '', sealed())).toBeNull();
  });

  it('does not open when one bit of it is flipped, whichever', () => {
    const bits = sealed().length * 8;
    for (let bit = 0; bit < bits; bit++) {
      const blob = sealed();
      blob[bit >> 3] = (blob[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(unseal(KEY, 'role a', blob), `bit ${String(bit)}`).toBeNull();
    }
  });

  it('does not open when it is cut off, wherever, or goes on', () => {
    const blob = sealed();
    for (let length = 0; length < blob.length; length++) {
      expect(unseal(KEY, 'role a', blob.subarray(0, length)), String(length)).toBeNull();
    }
    expect(unseal(KEY, 'role a', Buffer.concat([blob, Buffer.of(0)]))).toBeNull();
  });

  it('does not open with a tag of four bytes, for which a guess would do', () => {
    const blob = sealed();
    const short = Buffer.concat([blob.subarray(0, 13), blob.subarray(13, 17), blob.subarray(29)]);
    expect(unseal(KEY, 'role a', short)).toBeNull();
    expect(unseal(KEY, 'role a', changed(17, Buffer.alloc(12)))).toBeNull();
  });
});
