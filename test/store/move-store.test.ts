import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/credentials.js';
import type { Host } from '../../src/host/host.js';
import { changeKeys, lookAtKeys, readKeys } from '../../src/store/key-store.js';
import type { LongTermKey } from '../../src/store/long-term-keys.js';
import { moveStore, type MoveTarget } from '../../src/store/move-store.js';
import { makeSessionCache } from '../../src/store/session-cache.js';
import type { StoreUse } from '../../src/store/store-use.js';
import { findStore, openStore } from '../../src/store/stores.js';
import { cacheEntry } from '../support/cache-entry.js';
import { configuredHost } from '../support/configured-host.js';
import type { FakeHost } from '../support/fake-host.js';
import { fakePass } from '../support/fake-pass.js';
import { storeUse } from '../support/store-use.js';
import { rejectionOf } from '../support/thrown-by.js';

const RECORD = '/home/jane/.local/state/assume/store.json';
const KEY: LongTermKey = {
  identity: 'shared',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  keptSince: new Date('2026-01-01T00:00:00Z'),
  secretAccessKey: new Secret('fake-long-term-secret'),
};
const SECRETS = ['fake-long-term-secret', 'fake-cached-secret', 'fake-cached-token'];

/** A machine whose store holds a session, a role and, where it encrypts, a long-term key. */
async function machine(store: MoveTarget) {
  const { host, config } = configuredHost(
    {},
    {
      env: { XDG_RUNTIME_DIR: '/run/1' },
      sleepsPass: true,
      output: (run) => fakePass(host.files, run),
    },
  );
  host.keychain.place = store === 'auto' ? null : 'unix:path=/run/bus';
  const use = storeUse(host, config);
  await moveStore(use, store, false);
  const cache = makeSessionCache(await openStore(use), host);
  await cache.write('session-1', cacheEntry({ kind: 'session' }));
  await cache.write('role-1', cacheEntry());
  if (cache.store.isEncrypted) await changeKeys(use, (keys) => keys.put(KEY));
  host.keychain.place = 'unix:path=/run/bus';
  return { host, use, config };
}

/** The same machine in a later run: what one process knew is forgotten. */
const later = ({ host, config }: Awaited<ReturnType<typeof machine>>): StoreUse =>
  storeUse({ ...host }, config);

async function contents(use: StoreUse) {
  const cache = makeSessionCache(await openStore(use), use.host);
  const secretOf = async (name: string): Promise<string | undefined> =>
    (await cache.read(name))?.credentials.secretAccessKey.reveal();
  return {
    sessions: [await secretOf('session-1'), await secretOf('role-1')],
    key: (await readKeys(use)?.get('shared'))?.secretAccessKey.reveal() ?? null,
  };
}

const WHOLE = {
  sessions: ['fake-cached-secret', 'fake-cached-secret'],
  key: 'fake-long-term-secret' as string | null,
};
const WITHOUT_KEY = { ...WHOLE, key: null };

/** The master keys that lie anywhere, and the directories of what they open. */
function litter({ files, keychain }: FakeHost) {
  const paths = Object.keys(files.contents());
  const ids = (form: RegExp): string[] => [
    ...new Set(paths.flatMap((path) => form.exec(path)?.[1] ?? [])),
  ];
  return {
    keys: [...keychain.secrets.keys(), ...ids(/password-store\/(assume\/\w+)\.gpg$/)],
    sealed: ids(/\/(?:sealed|keys)-(\w+)\//),
    clear: paths.filter((path) => /\/(session|role)-1\.json$/.test(path)),
  };
}

const MOVES: readonly [MoveTarget, MoveTarget, typeof WHOLE][] = [
  ['keychain', 'pass', WHOLE],
  ['pass', 'keychain', WHOLE],
  ['auto', 'keychain', WITHOUT_KEY],
  ['plain', 'pass', WITHOUT_KEY],
];

describe.each(MOVES)('a move from %s to %s', (from, to, whole) => {
  it('brings all, and leaves nothing behind', async () => {
    const made = await machine(from);
    const moved = await moveStore(made.use, to, false);
    expect(moved).toEqual({ sessions: 2, keys: whole.key === null ? 0 : 1, lost: [] });
    const use = later(made);
    expect(findStore(use)).toMatchObject({ name: to, isEncrypted: true });
    expect(findStore(use).reason).toContain('chosen with assume config store');
    expect(await contents(use)).toEqual(whole);
    const { keys, sealed, clear } = litter(made.host);
    expect([keys.length, sealed.length, clear]).toEqual([1, 1, []]);
    expect(keys[0]).toContain(sealed[0]);
    const all = JSON.stringify(made.host.files.contents());
    for (const secret of SECRETS) expect(all).not.toContain(secret);
  });

  it('killed at any step loses nothing, and the next run leaves no litter', async () => {
    let steps = Infinity;
    for (let step = 0; step < steps; step++) {
      const made = await machine(from);
      const killed = killedAt(made.host, step);
      const wasKilled = await moveStore(storeUse(killed, made.config), to, false).then(
        () => false,
        (error: unknown) => {
          if (error !== KILLED) throw error;
          return true;
        },
      );
      if (!wasKilled) steps = step;
      const use = later(made);
      expect(await contents(use), `step ${String(step)}`).toEqual(whole);
      const { keys, sealed, clear } = litter(made.host);
      const isSealed = findStore(use).isEncrypted;
      expect([keys.length, sealed.length], `step ${String(step)}`).toEqual(
        isSealed ? [1, 1] : [expect.any(Number), expect.any(Number)],
      );
      if (isSealed) expect(clear).toEqual([]);
      await moveStore(later(made), to, false);
      expect(await contents(later(made)), `step ${String(step)}, done again`).toEqual(whole);
      const after = litter(made.host);
      expect([after.keys.length, after.sealed.length, after.clear]).toEqual([1, 1, []]);
    }
    expect(steps).toBeGreaterThan(6);
  });

  it('that meets a full disk at any step loses nothing', async () => {
    const made = await machine(from);
    for (const place of ['/home/jane/.cache', '/home/jane/.local/state/assume/keys-']) {
      const files = {
        ...made.host.files,
        writePrivate: (path: string, text: string) => {
          if (path.startsWith(place)) made.host.files.makeReadOnly(path);
          made.host.files.writePrivate(path, text);
        },
      };
      const use = storeUse({ ...made.host, files }, made.config);
      if (whole.key === null && place.endsWith('keys-')) continue;
      await rejectionOf(moveStore(use, to, false));
    }
    expect(await contents(later(made))).toEqual(whole);
  });
});

const KILLED = new Error('killed');

/** A host that dies before its nth change of the disk or the keychain. */
function killedAt(host: FakeHost, step: number): Host {
  let left = step;
  const dies = <Args extends readonly unknown[], T>(work: (...args: Args) => T) => {
    return (...args: Args): T => {
      if (left-- <= 0) throw KILLED;
      return work(...args);
    };
  };
  const { files, keychain, processes } = host;
  return {
    ...host,
    files: {
      ...files,
      writePrivate: dies(files.writePrivate),
      remove: dies(files.remove),
      removeTree: dies(files.removeTree),
    },
    keychain: { ...keychain, set: dies(keychain.set), remove: dies(keychain.remove) },
    processes: { ...processes, output: dies(processes.output) },
  };
}

describe('a move', () => {
  it('from an encrypted store to clear text is told apart: sessions go, for four hours at most', async () => {
    const made = await machine('keychain');
    await changeKeys(made.use, (keys) => Promise.resolve(keys.remove('shared')));
    expect(await moveStore(made.use, 'plain', false)).toEqual({ sessions: 2, keys: 0, lost: [] });
    expect(await contents(later(made))).toEqual(WITHOUT_KEY);
    expect(litter(made.host)).toMatchObject({ keys: [], sealed: [] });
    expect(litter(made.host).clear).toHaveLength(2);
  });

  it.each(['plain', 'auto'] as const)(
    'to %s is refused while there are long-term keys',
    async (to) => {
      const made = await machine('keychain');
      if (to === 'auto') made.host.keychain.place = null;
      const error = await rejectionOf(moveStore(made.use, to, false));
      expect(error.exitStatus).toBe(8);
      expect(error.hint).toContain('assume identity remove shared');
      made.host.keychain.place = 'unix:path=/run/bus';
      expect(await contents(later(made))).toEqual(WHOLE);
    },
  );

  it('to the same store does nothing', async () => {
    const made = await machine('keychain');
    const before = made.host.files.contents();
    expect(await moveStore(made.use, 'keychain', false)).toBeNull();
    expect(await moveStore(made.use, 'auto', false)).toBeNull();
    expect(made.host.files.contents()).toEqual(before);
  });

  it('to one that does not work leaves the old in use', async () => {
    const made = await machine('pass');
    made.host.keychain.problem = 'it is locked';
    expect((await rejectionOf(moveStore(made.use, 'keychain', false))).exitStatus).toBe(8);
    expect(await contents(later(made))).toEqual(WHOLE);
    expect(JSON.parse(made.host.files.readText(RECORD) ?? '')).toMatchObject({ leftovers: [] });
  });

  it('from one that cannot be opened is refused, and gives it up when forced', async () => {
    const made = await machine('keychain');
    made.host.keychain.secrets.clear();
    const error = await rejectionOf(moveStore(later(made), 'pass', false));
    expect(error.message).toContain('no longer holds the key');
    expect(lookAtKeys(made.host)?.list()).toMatchObject([{ identity: 'shared' }]);
    expect(error.hint).toContain('give up what it opens, the key AKIAIOSFODNN7EXAMPLE of shared');
    expect(error.hint).toContain('assume config store pass --force');
    expect(await moveStore(later(made), 'pass', true)).toMatchObject({
      ...{ sessions: 0, keys: 0 },
      lost: [{ identity: 'shared', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }],
    });
    expect(findStore(later(made)).name).toBe('pass');
    expect(litter(made.host)).toMatchObject({ keys: [expect.any(String)], sealed: [] });
  });

  it('from a locked keychain says how to unlock it, and what --force gives up', async () => {
    const made = await machine('keychain');
    made.host.keychain.problem = 'it is locked';
    const { hint } = await rejectionOf(moveStore(later(made), 'pass', false));
    expect(hint).toContain('unlock');
    expect(hint).toContain('give up what it opens, the key AKIAIOSFODNN7EXAMPLE of shared');
    expect(hint).toContain('assume config store pass --force');
    expect(hint).not.toContain('assume config store passphrase');
  });

  it('into the same store, forced, changes its key', async () => {
    const made = await machine('keychain');
    const [before] = litter(made.host).keys;
    expect(await moveStore(made.use, 'keychain', true)).toEqual({ sessions: 2, keys: 1, lost: [] });
    const { keys } = litter(made.host);
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toBe(before);
    expect(await contents(later(made))).toEqual(WHOLE);
  });
});

describe('long-term keys', () => {
  it('are shown without the master key', async () => {
    const made = await machine('keychain');
    made.host.keychain.problem = 'it is locked';
    const { secretAccessKey: _, ...facts } = KEY;
    expect(lookAtKeys(made.host)?.list()).toEqual([facts]);
    expect(lookAtKeys(made.host)?.find('shared')).toEqual(facts);
    expect(lookAtKeys(made.host)?.find('other')).toBeNull();
  });

  it('are never kept in clear', async () => {
    const { use } = await machine('plain');
    const error = await rejectionOf(changeKeys(use, (keys) => keys.put(KEY)));
    expect(error.exitStatus).toBe(8);
    expect(error.hint).toContain('assume config store keychain');
    expect(readKeys(use)).toBeNull();
  });

  it('are gone when they are removed', async () => {
    const { use } = await machine('keychain');
    expect(await changeKeys(use, (keys) => Promise.resolve(keys.remove('shared')))).toBe(true);
    expect(await readKeys(use)?.get('shared')).toBeNull();
  });

  it('may belong to an identity of any name', async () => {
    const { use } = await machine('keychain');
    const identity = '../../é x\u202e';
    await changeKeys(use, (keys) => keys.put({ ...KEY, identity }));
    expect((await readKeys(use)?.get(identity))?.identity).toBe(identity);
  });
});
