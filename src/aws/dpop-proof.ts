import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { Secret } from '../credentials.js';
import { AssumeError } from '../errors.js';

/**
 * Proves possession of the key that a token is bound to, for one request.
 *
 * @param key - A private key on P-256, as PEM.
 * @param id - What no other proof has.
 * @throws AssumeError IDENTITY_INVALID when it is no such key.
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-4.2
 */
export function makeDpopProof(key: Secret, url: string, now: Date, id: string): string {
  try {
    const privateKey = createPrivateKey(key.reveal());
    const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
    if (crv !== 'P-256') throw new TypeError('ES256 takes a key on P-256');
    const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } };
    const issuedAt = Math.floor(now.getTime() / 1000);
    const claims = { jti: id, htm: 'POST', htu: url, iat: issuedAt };
    const signed = `${encode(header)}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), {
      key: privateKey,
      dsaEncoding: 'ieee-p1363',
    });
    return `${signed}.${signature.toString('base64url')}`;
  } catch (cause) {
    throw new AssumeError('IDENTITY_INVALID', 'the key that aws login kept cannot be used', {
      cause,
      hint: 'log in again: aws login',
    });
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
