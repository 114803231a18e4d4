import { describe, expect, it } from 'vitest';
import { openStore, possibleStores } from '../../src/store/stores.js';
import { ASSUME_INI, configuredHost } from '../support/configured-host.js';
import { thrownBy } from '../support/thrown-by.js';

const setting = (store: string): string => (store === '' ? '' : `[settings]\nstore = ${store}\n`);

function open(store: string, env: Readonly<Record<string, string | undefined>>) {
  const { host, config } = configuredHost({ assume: setting(store) }, { env });
  return openStore(config, host);
}

describe('where secrets rest', () => {
  it.each([
    ['', { XDG_RUNTIME_DIR: '/run/1' }, 'plain', '/run/1/assume'],
    ['auto', { XDG_RUNTIME_DIR: '/run/1' }, 'plain', '/run/1/assume'],
    ['', {}, 'none', null],
    ['auto', {}, 'none', null],
    ['auto', { XDG_RUNTIME_DIR: '/var/on-disk' }, 'none', null],
    ['plain', {}, 'plain', '/home/jane/.cache/assume'],
    ['plain', { XDG_RUNTIME_DIR: '/run/1', XDG_CACHE_HOME: '/c' }, 'plain', '/c/assume'],
  ])('store = "%s" with %j: %s in %s', (store, env, name, path) => {
    expect(open(store, env)).toMatchObject({ name, path });
    expect(open(store, env).reason).not.toBe('');
  });

  it('names the line that chose clear text on disk', () => {
    expect(open('plain', {}).reason).toContain(`${ASSUME_INI}:2`);
  });

  it.each(['keychain', 'passphrase', 'pass'])('never another in place of %s', (store) => {
    const error = thrownBy(() => open(store, { XDG_RUNTIME_DIR: '/run/1' }));
    expect(error.exitStatus).toBe(8);
    expect(error.message).toContain(`${ASSUME_INI}:2`);
    expect(error.hint).toContain('store = auto');
  });

  it('names the directory of another user that would have been the place', () => {
    const { host, config } = configuredHost({}, { files: { '/dev/shm/assume-1000/x': '' } });
    host.files.makeForeign('/dev/shm/assume-1000');
    const { path, reason } = openStore(config, host);
    expect(path).toBeNull();
    expect(reason).toMatch(/^\/dev\/shm\/assume-1000 belongs to another user .*; store = plain /);
  });

  it('is nowhere without a home, even on disk', () => {
    const { config } = configuredHost({ assume: setting('plain') });
    const { host } = configuredHost({}, { env: { HOME: undefined } });
    expect(openStore(config, host).path).toBeNull();
  });

  it('may be any of three places for whoever clears all', () => {
    const { host } = configuredHost({}, { env: { XDG_RUNTIME_DIR: '/run/1' } });
    expect(possibleStores(host).map(({ path }) => path)).toEqual([
      '/run/1/assume',
      '/dev/shm/assume-1000',
      '/home/jane/.cache/assume',
    ]);
  });
});
