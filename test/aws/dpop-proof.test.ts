import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeDpopProof } from '../../src/aws/dpop-proof.js';
import { Secret } from '../../src/credentials.js';
import { thrownBy } from '../support/thrown-by.js';

const NOW = new Date('2026-01-02T03:04:05.678Z');
const URL = 'https://eu-west-1.signin.aws.amazon.com/v1/token';

const pemOf = (namedCurve: string, type: 'sec1' | 'pkcs8'): Secret => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  return new Secret(privateKey.export({ type, format: 'pem' }).toString());
};

describe('a proof of possession', () => {
  it.each(['sec1', 'pkcs8'] as const)('is signed by the key, given as %s', (type) => {
    const key = pemOf('P-256', type);
    const proof = makeDpopProof(key, URL, NOW, 'id-1');
    const [header = '', claims = '', signature = ''] = proof.split('.');
    const { x, y } = createPublicKey(key.reveal()).export({ format: 'jwk' });
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(read(header)).toEqual({
      typ: 'dpop+jwt',
      alg: 'ES256',
      jwk: { kty: 'EC', crv: 'P-256', x, y },
    });
    expect(read(claims)).toEqual({ jti: 'id-1', htm: 'POST', htu: URL, iat: 1767323045 });
    const bytes = Buffer.from(signature, 'base64url');
    expect(bytes).toHaveLength(64);
    const publicKey = { key: createPublicKey(key.reveal()), dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', Buffer.from(`${header}.${claims}`), publicKey, bytes)).toBe(true);
  });

  it.each([
    ['no key', new Secret('fake-key')],
    ['a key on another curve', pemOf('secp384r1', 'sec1')],
  ])('cannot be made with %s', (_, key) => {
    const error = thrownBy(() => makeDpopProof(key, URL, NOW, 'id-1'));
    expect(error.code).toBe('IDENTITY_INVALID');
    expect(error.hint).toContain('aws login');
  });
});
