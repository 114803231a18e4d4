import { describe, expect, it } from 'vitest';
import { openKeys, openSessions } from '../../src/store/sealed-stores.js';
import { makePlainStore } from '../../src/store/plain-store.js';
import { KEY_PLACES } from '../../src/store/key-places.js';
import type { SealedName } from '../../src/store/key-place.js';
import type { SecretStore } from '../../src/store/secret-store.js';
import { configuredHost } from '../support/configured-host.js';
import { fakePass } from '../support/fake-pass.js';
import { rejectionOf } from '../support/thrown-by.js';
import { storeUse } from '../support/store-use.js';

const ID = '0123456789abcdef';
const OTHER_ID = 'fedcba9876543210';
const NAMES = Object.keys(KEY_PLACES) as SealedName[];
const PHRASE = '/home/jane/phrase';

function machine() {
  const { host, config } = configuredHost(
    {},
    {
      env: { ASSUME_PASSPHRASE_FILE: PHRASE },
      keychain: 'unix:path=/run/bus',
      output: (run) => fakePass(host.files, run),
    },
  );
  host.files.writePrivate(PHRASE, 'correct horse battery\n');
  return { host, use: storeUse(host, config) };
}
type Machine = ReturnType<typeof machine>;

describe.each(NAMES)('a key in %s', (name) => {
  it('comes back whole, until it is removed', async () => {
    const { host, use } = machine();
    const place = KEY_PLACES[name].open(use);
    expect([await place.get(ID), await place.has(ID)]).toEqual([null, false]);
    await place.put(ID, Buffer.alloc(32, 5));
    await place.put(OTHER_ID, Buffer.alloc(32, 6));
    const again = KEY_PLACES[name].open(use);
    const { length } = host.asked;
    expect([await again.has(ID), host.asked.length]).toEqual([true, length]);
    expect(await again.get(ID)).toEqual(Buffer.alloc(32, 5));
    await again.remove(ID);
    await again.remove(ID);
    expect(await again.get(ID)).toBeNull();
    expect(await again.get(OTHER_ID)).toEqual(Buffer.alloc(32, 6));
  });

  it('stands in no file of ours in clear', async () => {
    const { host, use } = machine();
    const key = Buffer.alloc(32, 0x5a);
    await KEY_PLACES[name].open(use).put(ID, key);
    const ours = Object.entries(host.files.contents()).filter(([path]) => !path.endsWith('.gpg'));
    const seen = JSON.stringify([ours, host.written, host.asked]);
    for (const form of ['hex', 'base64', 'latin1'] as const) {
      expect(seen).not.toContain(key.toString(form));
    }
  });
});

const OPENERS: readonly [string, (machine: Machine) => Promise<SecretStore>][] = [
  ['plain', ({ host }) => Promise.resolve(makePlainStore(host, '/run/assume', 'a test'))],
  ...NAMES.flatMap((name): [string, (machine: Machine) => Promise<SecretStore>][] => {
    const withKey = async ({ use }: Machine): Promise<void> =>
      KEY_PLACES[name].open(use).put(ID, Buffer.alloc(32, 5));
    const sessions = async (made: Machine): Promise<SecretStore> => {
      await withKey(made);
      return openSessions(made.use, { name, id: ID }, 'a test');
    };
    const keys = async (made: Machine): Promise<SecretStore> => {
      await withKey(made);
      return openKeys(made.use, { name, id: ID });
    };
    return [
      [`${name}, sessions`, sessions],
      [`${name}, long-term keys`, keys],
    ];
  }),
];

describe.each(OPENERS)('a store: %s', (_, open) => {
  it('gives back what was written, by name', async () => {
    const made = machine();
    const store = await open(made);
    expect(store.names()).toEqual([]);
    expect(store.facts('a')).toBeNull();
    expect(await store.read('a')).toBeNull();
    await store.write('a', { kind: 'x', n: 1 }, { secret: 'one' });
    await store.write('a', { kind: 'x', n: 2 }, { secret: 'two' });
    await store.write('b', { kind: 'x', n: 3 }, { secret: 'three' });
    expect(store.names().sort()).toEqual(['a', 'b']);
    expect(store.facts('a')).toMatchObject({ kind: 'x', n: 2 });
    expect(await store.read('a')).toEqual({ kind: 'x', n: 2, secret: 'two' });
    expect([store.remove('a'), store.remove('a')]).toEqual([true, false]);
    expect(await store.read('a')).toBeNull();
    expect(await store.read('b')).toEqual({ kind: 'x', n: 3, secret: 'three' });
  });

  it('keeps files closed to others, and uses none that was open', async () => {
    const made = machine();
    const store = await open(made);
    await store.write('a', { kind: 'x' }, { secret: 'one' });
    const path = Object.keys(made.host.files.contents()).find((file) =>
      file.startsWith(`${store.path ?? ''}/a.`),
    );
    expect(made.host.files.facts(path ?? '')?.mode).toBe(0o600);
    made.host.files.put(path ?? '', made.host.files.readText(path ?? '') ?? '');
    expect(await store.read('a')).toBeNull();
  });

  it('says when it cannot keep', async () => {
    const made = machine();
    const store = await open(made);
    made.host.files.makeReadOnly(store.path ?? '');
    expect((await rejectionOf(store.write('a', {}, {}))).code).toBe('FAILED');
  });

  it('shows facts without its key, and where it encrypts keeps no secret in clear', async () => {
    const made = machine();
    const store = await open(made);
    await store.write('a', { kind: 'x', n: 1 }, { secret: 'correct-horse' });
    expect(JSON.stringify(made.host.files.contents()).includes('correct-horse')).toBe(
      !store.isEncrypted,
    );
    const calls = made.host.keychain.calls.length;
    expect(store.facts('a')).toMatchObject({ n: 1 });
    expect(store.names()).toEqual(['a']);
    expect(made.host.keychain.calls.length).toBe(calls);
  });
});
