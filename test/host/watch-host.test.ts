import { describe, expect, it } from 'vitest';
import type { Host } from '../../src/host/host.js';
import { watchHost } from '../../src/host/watch-host.js';
import { fakeHost, type FakeHostOptions } from '../support/fake-host.js';

const FILE = '/home/jane/.aws/config';

/** What a walk that asks so much leaves; `null` when it cannot be told again. */
function seenBy(ask: (host: Host) => unknown, options: FakeHostOptions = {}) {
  const host = fakeHost({
    files: { [FILE]: 'text', '/run/user/1/bus': '' },
    env: { HOME: '/home/jane', SET: 'yes', A_TOKEN: 'fake', HTTPS_PROXY: 'http://a:b@c' },
    ...options,
  });
  const watch = watchHost(host);
  ask(watch.host);
  return watch.end();
}

const NOTHING = { variables: {}, places: {}, contents: {}, changedMs: 0, isOfItsTime: false };

describe('a watched host', () => {
  it('tells of a walk that asked nothing that it rests on nothing', () => {
    expect(seenBy(() => undefined)).toEqual(NOTHING);
  });

  it.each<[string, (host: Host) => unknown, object]>([
    ['a variable', ({ env }) => env['SET'], { SET: 'yes' }],
    ['one that is unset', ({ env }) => env['UNSET'], { UNSET: null }],
    ['whether one is there', ({ env }) => 'SET' in env, { SET: 'yes' }],
    ['whether it is its own', ({ env }) => Object.hasOwn(env, 'SET'), { SET: 'yes' }],
    ['the home', (host) => host.homeDirectory, { HOME: '/home/jane' }],
    ['a secret that is unset', ({ env }) => env['B_SECRET'], { B_SECRET: null }],
  ])('notes %s', (_, ask, variables) => {
    expect(seenBy(ask)).toEqual({ ...NOTHING, variables });
  });

  it.each<[string, (host: Host) => unknown, 'places' | 'contents', string, boolean]>([
    ['the text of a file', ({ files }) => files.readText(FILE), 'contents', FILE, true],
    ['that there is none', ({ files }) => files.readText('/no'), 'contents', '/no', false],
    ['a file of ours', ({ files }) => files.readOwn(FILE), 'contents', FILE, true],
    ['what a directory holds', ({ files }) => files.list('/home'), 'contents', '/home', true],
    ['a file', ({ files }) => files.facts(FILE), 'contents', FILE, true],
    ['a directory', ({ files }) => files.facts('/home'), 'places', '/home', true],
    ['that nothing is there', ({ files }) => files.facts('/no'), 'places', '/no', false],
    ['whether it is in memory', ({ files }) => files.isInMemory('/run'), 'places', '/run', true],
    ['whose it is', ({ files }) => files.provePrivateDirectory('/run'), 'places', '/run', true],
    ['where it leads', ({ files }) => files.realPath('/home'), 'places', '/home', true],
  ])('notes %s', (_, ask, kind, path, isThere) => {
    const seen = seenBy(ask);
    expect(Object.keys({ ...seen?.places, ...seen?.contents })).toEqual([path]);
    expect(seen?.[kind]).toHaveProperty([path]);
    expect(seen?.[kind][path] !== null).toBe(isThere);
  });

  it('notes what decides where the keychain is', () => {
    const bus = '/run/user/1';
    const env = { HOME: '/home/jane', XDG_RUNTIME_DIR: bus };
    const options = { env, files: { [`${bus}/bus`]: '' } };
    const seen = seenBy(
      ({ env, files }) => files.facts(`${env['XDG_RUNTIME_DIR'] ?? ''}/bus`),
      options,
    );
    expect(seen?.variables).toEqual({ XDG_RUNTIME_DIR: bus });
    expect(Object.keys(seen?.contents ?? {})).toEqual([`${bus}/bus`]);
  });

  it('notes that the time was asked for', () => {
    expect(seenBy((host) => host.now())?.isOfItsTime).toBe(true);
  });

  it.each<[string, (host: Host) => unknown]>([
    ['a secret', ({ env }) => env['A_TOKEN']],
    ['a URL that may hold a password', ({ env }) => env['HTTPS_PROXY']],
    ['all variables', ({ env }) => ({ ...env })],
    ['their names', ({ env }) => Object.keys(env)],
    ['the current directory', (host) => host.currentDirectory],
    ['the terminal', (host) => host.terminal.canAsk],
    ['other processes', (host) => host.processes.self],
    ['where a program is', ({ files }) => files.which('aws')],
  ])('cannot tell again of %s', (_, ask) => {
    expect(seenBy(ask)).toBeNull();
  });

  it('cannot tell again of a home that no variable names', () => {
    const host = { ...fakeHost({ env: {} }), homeDirectory: '/home/of/passwd' };
    const watch = watchHost(host);
    expect(watch.host.homeDirectory).toBe('/home/of/passwd');
    expect(watch.end()).toBeNull();
  });

  it('cannot tell again of a file that changed in between', () => {
    const seen = seenBy((host) => {
      host.files.readText(FILE);
      host.files.writePrivate(FILE, 'other');
      host.files.readText(FILE);
    });
    expect(seen).toBeNull();
  });

  it('notes nothing more once it has ended, and answers all the same', () => {
    const host = fakeHost({ env: { SET: 'yes' }, files: { [FILE]: 'text' } });
    const watch = watchHost(host);
    const seen = watch.end();
    expect(watch.host.env['SET']).toBe('yes');
    expect(watch.host.files.readText(FILE)).toBe('text');
    expect(Object.keys(watch.host.env)).toEqual(['SET']);
    expect(watch.end()).toEqual(seen);
  });
});
