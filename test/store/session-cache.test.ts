import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/plan.js';
import { parseRecord } from '../../src/store/json-record.js';
import type { SecretStore } from '../../src/store/secret-store.js';
import { makeSessionCache, sessionEntryName, sessionNames } from '../../src/store/session-cache.js';
import { cacheEntry } from '../support/cache-entry.js';
import { fakeHost } from '../support/fake-host.js';

/** A store in memory, and its texts. */
function memoryStore(): SecretStore & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  const facts = (name: string) => parseRecord(texts.get(name) ?? '');
  return {
    ...{ name: 'plain', path: '/x', reason: 'a test', isEncrypted: false, texts, facts },
    read: (name) => Promise.resolve(facts(name)),
    write: (name, shown, secrets) => {
      texts.set(name, JSON.stringify({ ...shown, ...secrets }));
      return Promise.resolve();
    },
    remove: (name) => texts.delete(name),
    names: () => [...texts.keys()],
  };
}

describe('an entry', () => {
  it('comes back as it was kept', async () => {
    const cache = makeSessionCache(memoryStore(), fakeHost());
    const entry = cacheEntry({
      kind: 'session',
      target: null,
      roleArn: null,
      accountId: null,
      mfaSerial: 'GAHT12345678',
    });
    await cache.write('a', entry);
    const read = await cache.read('a');
    expect(read).toEqual(entry);
    expect(read?.credentials.secretAccessKey.reveal()).toBe('fake-cached-secret');
    expect(read?.credentials.sessionToken?.reveal()).toBe('fake-cached-token');
    const { credentials, ...facts } = entry;
    const { accessKeyId, expiration } = credentials;
    expect(cache.find('a')).toEqual({ name: 'a', ...facts, accessKeyId, expiration });
    expect(cache.all()).toEqual([cache.find('a')]);
    expect(cache.remove('a')).toBe(true);
    expect(await cache.read('a')).toBeNull();
  });

  it('is forgotten when its time here is over', async () => {
    const host = fakeHost();
    const store = memoryStore();
    const cache = makeSessionCache(store, host);
    await cache.write('a', cacheEntry({ keptUntil: new Date('2026-01-02T03:30:00Z') }));
    await host.clock.advance(26 * 60_000);
    expect(cache.find('a')).toBeNull();
    expect(store.texts.size).toBe(0);
  });

  it('is not opened where what needs no key says that it will not do', async () => {
    const store = memoryStore();
    const read = (): never => {
      throw new Error('it was opened');
    };
    const cache = makeSessionCache({ ...store, read }, fakeHost());
    await cache.write('a', cacheEntry());
    expect(await cache.read('a', () => false)).toBeNull();
  });

  const whole = (): Record<string, unknown> => {
    const store = memoryStore();
    void makeSessionCache(store, fakeHost()).write('a', cacheEntry());
    return JSON.parse(store.texts.get('a') ?? '') as Record<string, unknown>;
  };
  const NEEDED = [
    'version',
    'kind',
    'identity',
    'madeUnder',
    'startedAt',
    'keptUntil',
    'expiration',
    'accessKeyId',
    'secretAccessKey',
    'sessionToken',
  ];

  it.each<[string, string]>([
    ['empty', ''],
    ['cut off', JSON.stringify(whole()).slice(0, -9)],
    ['two in one', JSON.stringify(whole()).repeat(2)],
    ['garbage', '\0\u0001'],
    ['null', 'null'],
    ['a number', '1'],
    ['a list', '[]'],
    ['an empty object', '{}'],
    ...NEEDED.flatMap((key): [string, string][] => [
      [`without ${key}`, JSON.stringify({ ...whole(), [key]: undefined })],
      [`with ${key} null`, JSON.stringify({ ...whole(), [key]: null })],
      [`with ${key} empty`, JSON.stringify({ ...whole(), [key]: '' })],
      [`with an odd ${key}`, JSON.stringify({ ...whole(), [key]: { odd: true } })],
    ]),
    ['of another version', JSON.stringify({ ...whole(), version: 2 })],
    ['of a kind to come', JSON.stringify({ ...whole(), kind: 'federated' })],
    ['with no date', JSON.stringify({ ...whole(), expiration: 'tomorrow' })],
  ])('is none when it is %s', async (_, text) => {
    const store = memoryStore();
    const cache = makeSessionCache(store, fakeHost());
    store.texts.set('bad', text);
    await cache.write('good', cacheEntry());
    expect(await cache.read('bad')).toBeNull();
    expect((await cache.read('good'))?.credentials.accessKeyId).toBe('ASIAIOSFODNN7EXAMPLE');
  });

  it.each(['target', 'roleArn', 'accountId', 'mfaSerial'])('may lack its %s', async (key) => {
    const store = memoryStore();
    store.texts.set('a', JSON.stringify({ ...whole(), [key]: 7 }));
    expect(await makeSessionCache(store, fakeHost()).read('a')).toMatchObject({ [key]: null });
  });
});

describe('the name of a session', () => {
  const SESSION = { accessKeyId: 'A', mfaSerial: 'S', partition: 'aws', endpoint: null };

  it.each([
    ['accessKeyId', 'B'],
    ['mfaSerial', null],
    ['partition', 'aws-cn'],
    ['endpoint', 'http://127.0.0.1:1'],
  ])('changes with %s', (field, value) => {
    expect(sessionEntryName({ ...SESSION, [field]: value })).not.toBe(sessionEntryName(SESSION));
  });

  it('cannot be forged by a value that holds another', () => {
    const a = sessionEntryName({ ...SESSION, accessKeyId: 'A","S' });
    expect(a).not.toBe(sessionEntryName(SESSION));
    expect(sessionEntryName(SESSION)).toMatch(/^session-[0-9a-f]{64}$/);
  });

  const plan = (signer: Plan['signer'], mfaSerial: string | null): Plan => ({
    ...{ source: 'x', accessKeyId: 'A', identityAccountId: null, partition: 'aws' },
    ...{ stsRegion: 'us-east-1', endpoint: null, useFipsEndpoint: false },
    ...{ useDualstackEndpoint: false, stsRegionalEndpoints: 'regional' },
    ...{ signer, mfaSerial, mfaMaxAgeSeconds: null, sessionDurationSeconds: null, hops: [] },
  });
  const withCode = sessionEntryName(SESSION);
  const without = sessionEntryName({ ...SESSION, mfaSerial: null });

  it.each([
    ['mfa-session', 'S', [withCode]],
    ['live-session', 'S', [withCode]],
    ['live-session', null, []],
    ['plain-session', 'S', [withCode, without]],
    ['plain-session', null, [without]],
  ] as const)('where one of %s with %s may lie', (signer, serial, names) => {
    expect(sessionNames(plan(signer, serial), 'A')).toEqual(names);
  });
});
