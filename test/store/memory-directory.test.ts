import { describe, expect, it } from 'vitest';
import { findMemoryDirectory, memoryDirectories } from '../../src/store/memory-directory.js';
import { fakeHost, type FakeHostOptions } from '../support/fake-host.js';

const RUN = { XDG_RUNTIME_DIR: '/run/user/1000' };
const SHM = { '/dev/shm/other': '' };

describe('a directory that lives in memory', () => {
  it.each<[string, FakeHostOptions, string | null]>([
    ['the runtime directory', { env: RUN }, '/run/user/1000/assume'],
    ['it before /dev/shm', { env: RUN, files: SHM }, '/run/user/1000/assume'],
    ['/dev/shm, for this user', { env: {}, files: SHM }, '/dev/shm/assume-1000'],
    [
      '/dev/shm, past a relative path',
      { env: { XDG_RUNTIME_DIR: 'run' }, files: SHM },
      '/dev/shm/assume-1000',
    ],
    [
      '/dev/shm, past an empty variable',
      { env: { XDG_RUNTIME_DIR: '' }, files: SHM },
      '/dev/shm/assume-1000',
    ],
    [
      '/dev/shm, past a disk',
      { env: { XDG_RUNTIME_DIR: '/var/1' }, files: SHM },
      '/dev/shm/assume-1000',
    ],
    ['none on a disk', { env: { XDG_RUNTIME_DIR: '/var/1' } }, null],
    ['none without either', { env: {} }, null],
    ['none where /dev/shm is a file', { env: {}, files: { '/dev/shm': '' } }, null],
    ['none elsewhere than on Linux', { env: RUN, files: SHM, platform: 'darwin' }, null],
  ])('is %s', (_, options, path) => {
    expect(findMemoryDirectory(fakeHost(options))).toEqual({ path, refusals: [] });
  });

  it("is not in another user's runtime directory, as after su", () => {
    const host = fakeHost({ env: RUN, files: { ...SHM, '/run/user/1000/bus': '' } });
    host.files.makeForeign('/run/user/1000');
    expect(findMemoryDirectory(host)).toEqual({ path: '/dev/shm/assume-1000', refusals: [] });
  });

  it.each([
    ['the runtime directory', '/run/user/1000/assume', '/dev/shm/assume-1000'],
    ['/dev/shm', '/dev/shm/assume-1000', null],
  ])('is not what another user made in %s, and says so', (_, foreign, path) => {
    const env = foreign.startsWith('/run') ? RUN : {};
    const host = fakeHost({ env, files: { ...SHM, [`${foreign}/x`]: '' } });
    host.files.makeForeign(foreign);
    const found = findMemoryDirectory(host);
    expect(found.path).toBe(path);
    expect(found.refusals.map(({ message }) => message)).toEqual([
      `${foreign} belongs to another user (uid 7)`,
    ]);
  });
});

it('may be any of these, for whoever clears them all; in a sandbox none of the user’s', () => {
  const places = (options: FakeHostOptions): string[] => memoryDirectories(fakeHost(options));
  expect(places({ env: RUN })).toEqual(['/run/user/1000/assume', '/dev/shm/assume-1000']);
  expect(places({ env: { ...RUN, ASSUME_SANDBOX: '/tmp/x' } })).toEqual(['/run/user/1000/assume']);
  expect(places({ env: { XDG_RUNTIME_DIR: 'run' } })).toEqual(['/dev/shm/assume-1000']);
});
