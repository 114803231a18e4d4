import { describe, expect, it } from 'vitest';
import { ownDirectory } from '../../src/host/own-directory.js';

const home = { homeDirectory: '/home/jane', platform: 'linux', env: {} } as const;

describe('ownDirectory', () => {
  it.each([
    ['config', {}, '/home/jane/.config/assume'],
    ['state', {}, '/home/jane/.local/state/assume'],
    ['cache', {}, '/home/jane/.cache/assume'],
    ['config', { XDG_CONFIG_HOME: '/etc/jane' }, '/etc/jane/assume'],
    ['state', { XDG_STATE_HOME: '/var/jane' }, '/var/jane/assume'],
    ['cache', { XDG_CACHE_HOME: '/tmp/jane' }, '/tmp/jane/assume'],
    ['cache', { XDG_CACHE_HOME: 'relative' }, '/home/jane/.cache/assume'],
    ['cache', { XDG_CACHE_HOME: '' }, '/home/jane/.cache/assume'],
  ] as const)('of %s with %j is %s', (kind, env, path) => {
    expect(ownDirectory({ ...home, env }, kind)).toBe(path);
  });

  it('is null without a home, unless a variable names the place', () => {
    expect(ownDirectory({ ...home, homeDirectory: null }, 'state')).toBeNull();
    const env = { XDG_STATE_HOME: '/var/jane' };
    expect(ownDirectory({ ...home, homeDirectory: null, env }, 'state')).toBe('/var/jane/assume');
  });
});
