import { Secret } from '../../src/credentials.js';
import type { CacheEntry } from '../../src/store/cache-entry.js';

/** A role's entry of one hour, started at three in the morning; plainly fake. */
export function cacheEntry(changes: Partial<CacheEntry> = {}): CacheEntry {
  const expiration = new Date('2026-01-02T04:00:00Z');
  return {
    kind: 'role',
    identity: 'base',
    madeUnder: 'AKIAIOSFODNN7EXAMPLE',
    target: 'prod',
    roleArn: 'arn:aws:iam::444444444444:role/prod-role',
    accountId: '444444444444',
    mfaSerial: null,
    startedAt: new Date('2026-01-02T03:00:00Z'),
    keptUntil: expiration,
    credentials: {
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      secretAccessKey: new Secret('fake-cached-secret'),
      sessionToken: new Secret('fake-cached-token'),
      expiration,
    },
    ...changes,
  };
}
