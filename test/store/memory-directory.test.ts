import { describe, expect, it } from 'vitest';
import { memoryDirectory } from '../../src/store/memory-directory.js';
import { fakeHost, type FakeHostOptions } from '../support/fake-host.js';

const SHM = { '/dev/shm/other': '' };

describe('a directory that lives in memory', () => {
  it.each<[string, FakeHostOptions, string | null]>([
    [
      'the runtime directory',
      { env: { XDG_RUNTIME_DIR: '/run/user/1000' } },
      '/run/user/1000/assume',
    ],
    [
      'it before /dev/shm',
      { env: { XDG_RUNTIME_DIR: '/run/user/1000' }, files: SHM },
      '/run/user/1000/assume',
    ],
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
    ['none without either', { env: {} }, null],
    ['none where /dev/shm is a file', { env: {}, files: { '/dev/shm': '' } }, null],
    ['none elsewhere than on Linux', { env: {}, files: SHM, platform: 'darwin' }, null],
    [
      'the runtime directory on any system',
      { env: { XDG_RUNTIME_DIR: '/r' }, platform: 'darwin' },
      '/r/assume',
    ],
  ])('is %s', (_, options, path) => {
    expect(memoryDirectory(fakeHost(options))).toBe(path);
  });

  it('is none where another user made that of this one first', () => {
    const host = fakeHost({ env: {}, files: { ...SHM, '/dev/shm/assume-1001/x': '' } });
    expect(memoryDirectory({ ...host, userId: 1001 })).toBeNull();
  });
});
