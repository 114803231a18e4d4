import { describe, expect, it } from 'vitest';
import { findStore, openStore, possibleStores } from '../../src/store/stores.js';
import { makeSessionCache } from '../../src/store/session-cache.js';
import { cacheEntry } from '../support/cache-entry.js';
import { ASSUME_INI, configuredHost } from '../support/configured-host.js';
import type { FakeHost, FakeHostOptions } from '../support/fake-host.js';
import { storeUse } from '../support/store-use.js';
import { rejectionOf, thrownBy } from '../support/thrown-by.js';

const setting = (store: string): string => (store === '' ? '' : `[settings]\nstore = ${store}\n`);
const RUN = { XDG_RUNTIME_DIR: '/run/1' };
const BUS = 'unix:path=/run/1/bus';
const RECORD = '/home/jane/.local/state/assume/store.json';
const PHRASE = '/home/jane/phrase';

function machine(store: string, options: FakeHostOptions = {}) {
  const { host, config } = configuredHost({ assume: setting(store) }, options);
  return { host, config, use: storeUse(host, config) };
}

/** The same machine in a later run, perhaps with other settings. */
function later(host: FakeHost, store: string, env: FakeHostOptions['env'] = host.env) {
  host.files.put(ASSUME_INI, setting(store));
  const { config } = configuredHost({ assume: setting(store) });
  const next = { ...host, env };
  return { host: next, use: storeUse(next, config) };
}

describe('where secrets rest when nothing was chosen', () => {
  it.each([
    ['', RUN, 'plain', '/run/1/assume'],
    ['auto', RUN, 'plain', '/run/1/assume'],
    ['', {}, 'none', null],
    ['auto', {}, 'none', null],
    ['auto', { XDG_RUNTIME_DIR: '/var/on-disk' }, 'none', null],
    ['plain', {}, 'plain', '/home/jane/.cache/assume'],
    ['plain', { ...RUN, XDG_CACHE_HOME: '/c' }, 'plain', '/c/assume'],
  ])('store = "%s" with %j: %s in %s', async (store, env, name, path) => {
    const { use } = machine(store, { env });
    expect(findStore(use)).toMatchObject({ name, path, isEncrypted: false });
    expect(await openStore(use)).toMatchObject({ name, path });
    expect(findStore(use).reason).not.toBe('');
  });

  it('names the line that chose clear text on disk', () => {
    expect(findStore(machine('plain').use).reason).toContain(`${ASSUME_INI}:2`);
  });

  it('says in clear why not encrypted, and how to be', () => {
    const { reason } = findStore(machine('', { env: RUN }).use);
    expect(reason).toContain('there is no system keychain here (no D-Bus session bus)');
    expect(reason).toContain('assume config store passphrase');
  });

  it('names the directory of another user that would have been the place', () => {
    const { host, use } = machine('', { files: { '/dev/shm/assume-1000/x': '' } });
    host.files.makeForeign('/dev/shm/assume-1000');
    const { path, reason } = findStore(use);
    expect(path).toBeNull();
    expect(reason).toMatch(
      /^\/dev\/shm\/assume-1000 belongs to another user .*; store = passphrase /,
    );
  });

  it('is nowhere without a home, even on disk', () => {
    const { config } = machine('plain');
    const { host } = configuredHost({}, { env: { HOME: undefined } });
    expect(findStore(storeUse(host, config)).path).toBeNull();
  });

  it('is not decided by looking', () => {
    const { host, use } = machine('', { env: RUN, keychain: BUS });
    expect(findStore(use)).toMatchObject({ name: 'none', path: null });
    expect(host.keychain.calls).toEqual([]);
  });
});

describe('a store that is chosen', () => {
  it('is the keychain where that works, once and for all', async () => {
    const { host, use } = machine('', { env: RUN, keychain: BUS });
    const store = await openStore(use);
    expect(store).toMatchObject({ name: 'keychain', isEncrypted: true });
    expect(store.path).toMatch(/^\/home\/jane\/\.cache\/assume\/sealed-[0-9a-f]{16}$/);
    expect(host.keychain.calls.filter((call) => call === 'prove')).toHaveLength(1);
    const next = later(host, '');
    expect((await openStore(next.use)).path).toBe(store.path);
    expect(host.keychain.calls.filter((call) => call === 'prove')).toHaveLength(1);
    expect([...host.keychain.secrets.keys()]).toHaveLength(1);
  });

  it('is a passphrase whose file is named, where the keychain does not work', async () => {
    const env = { ...RUN, ASSUME_PASSPHRASE_FILE: PHRASE };
    const { host, use } = machine('', { env, keychain: BUS });
    host.files.writePrivate(PHRASE, 'correct horse battery');
    host.keychain.problem = 'it is locked';
    expect(await openStore(use)).toMatchObject({ name: 'passphrase', isEncrypted: true });
  });

  it('is none in memory where nothing works, which is found out again an hour later', async () => {
    const { host, use } = machine('', { env: RUN, keychain: BUS });
    host.keychain.problem = 'it is locked';
    const store = await openStore(use);
    expect(store).toMatchObject({ name: 'plain', path: '/run/1/assume' });
    expect(store.reason).toContain('the system keychain does not work (it is locked)');
    host.keychain.problem = null;
    expect((await openStore(use)).name).toBe('plain');
    expect(host.keychain.calls).toEqual(['prove']);
    await host.clock.advance(61 * 60_000);
    expect((await openStore(use)).name).toBe('keychain');
  });

  it('is tried at once where another bus is to be had', async () => {
    const { host, use } = machine('', { env: RUN, keychain: BUS });
    host.keychain.problem = 'it has no default collection';
    await openStore(use);
    host.keychain.problem = null;
    host.keychain.place = 'unix:path=/run/2/bus';
    expect((await openStore(use)).name).toBe('keychain');
  });

  it.each([
    ['no longer reached', (host: FakeHost) => (host.keychain.problem = 'no D-Bus session bus')],
    ['locked', (host: FakeHost) => (host.keychain.problem = 'it is locked')],
    [
      'emptied',
      (host: FakeHost) => {
        host.keychain.secrets.clear();
      },
    ],
  ])('is no reason for a weaker one when it is %s', async (_, breakIt) => {
    const { host, use } = machine('', { env: RUN, keychain: BUS });
    await openStore(use);
    breakIt(host);
    const before = host.files.contents();
    const error = await rejectionOf(openStore(later(host, '').use));
    expect(error.exitStatus).toBe(8);
    expect(host.files.contents()).toEqual({ ...before, [ASSUME_INI]: '' });
  });

  it('is never another in place of the one that is named', async () => {
    const { host, use } = machine('keychain', { env: RUN, keychain: BUS });
    host.keychain.problem = 'it is locked';
    expect((await rejectionOf(openStore(use))).exitStatus).toBe(8);
    expect(host.files.contents()[RECORD]).not.toContain('keychain');
  });

  it('is not left by a change of the settings alone', async () => {
    const { host, use } = machine('keychain', { env: RUN, keychain: BUS });
    await openStore(use);
    const error = thrownBy(() => findStore(later(host, 'plain').use));
    expect(error.exitStatus).toBe(8);
    expect(error.message).toContain(`${ASSUME_INI}:2`);
    expect(error.hint).toBe('to move it: assume config store plain');
  });

  it.each(['{', '{}', '{"version":1,"current":{"name":"x"},"leftovers":[]}'])(
    'is not taken for none when its record is %s',
    (text) => {
      const { host, use } = machine('', { env: RUN });
      host.files.writePrivate(RECORD, text);
      expect(thrownBy(() => findStore(use)).exitStatus).toBe(8);
    },
  );

  it('takes along what was kept in clear, and leaves nothing of it there', async () => {
    const { host, use } = machine('', { env: RUN });
    const entry = cacheEntry({ kind: 'session' });
    await makeSessionCache(await openStore(use), host).write('session-1', entry);
    expect(host.files.facts('/run/1/assume/session-1.json')).not.toBeNull();
    host.keychain.place = BUS;
    const cache = makeSessionCache(await openStore(use), host);
    expect(host.files.facts('/run/1/assume/session-1.json')).toBeNull();
    expect(await cache.read('session-1')).toEqual(entry);
  });

  it('is not to be had in a home that cannot be written, where memory will do', async () => {
    const { host, use } = machine('', { env: RUN, keychain: BUS });
    host.files.makeReadOnly('/home/jane');
    expect(await openStore(use)).toMatchObject({ name: 'plain', path: '/run/1/assume' });
    expect(host.keychain.secrets.size).toBe(0);
  });

  it("touches nothing of the user's in a sandbox", async () => {
    const env = { ...RUN, ASSUME_SANDBOX: '/tmp/x' };
    const { host, use } = machine('', { env, keychain: BUS });
    expect((await openStore(use)).name).toBe('plain');
    expect(host.keychain.calls).toEqual([]);
  });
});

it('may be any of these places for whoever clears all', async () => {
  const { host, use } = machine('', { env: RUN, keychain: BUS });
  const { path } = await openStore(use);
  await (await openStore(use)).write('session-1', {}, {});
  expect(possibleStores(host).map((store) => store.path)).toEqual([
    '/run/1/assume',
    '/dev/shm/assume-1000',
    '/home/jane/.cache/assume',
    path,
  ]);
});
