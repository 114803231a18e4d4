import { describe, expect, it } from 'vitest';
import { NOTHING_LEARNED } from '../../src/plan/plan.js';
import { readLearnedKey, writeLearned } from '../../src/store/learned.js';
import { fakeHost } from '../support/fake-host.js';

const KEY = 'AKIAIOSFODNN7EXAMPLE';

describe('what AWS told of a key', () => {
  it('is remembered for that key, with where it came from', () => {
    const host = fakeHost();
    expect(readLearnedKey(host, KEY)).toEqual(NOTHING_LEARNED);
    writeLearned(host, KEY, { accountId: '111122223333', userName: 'jane' });
    writeLearned(host, KEY, { mfaSerial: 'GAHT12345678' });
    const [path] = Object.keys(host.files.contents());
    expect(path).toMatch(/^\/home\/jane\/\.local\/state\/assume\/learned\/[0-9a-f]{32}\.json$/);
    expect(readLearnedKey(host, KEY)).toEqual({
      ...NOTHING_LEARNED,
      accountId: {
        value: '111122223333',
        origin: { kind: 'learned', name: 'GetCallerIdentity', file: path, line: null },
      },
      userName: {
        value: 'jane',
        origin: { kind: 'learned', name: 'GetCallerIdentity', file: path, line: null },
      },
      mfaSerial: {
        value: 'GAHT12345678',
        origin: { kind: 'learned', name: 'ListMFADevices', file: path, line: null },
      },
    });
    expect(readLearnedKey(host, 'AKIAI44QH8DHBEXAMPLE')).toEqual(NOTHING_LEARNED);
  });

  it.each(['', '{', 'null', '[]', '7', '{"userName":7}', '{"userName":""}'])(
    'is nothing in %j',
    (text) => {
      const host = fakeHost();
      writeLearned(host, KEY, { userName: 'jane' });
      host.files.put(Object.keys(host.files.contents())[0] ?? '', text);
      expect(readLearnedKey(host, KEY)).toEqual(NOTHING_LEARNED);
    },
  );

  it('is not remembered without a home', () => {
    const host = fakeHost({ env: {} });
    writeLearned(host, KEY, { userName: 'jane' });
    expect(readLearnedKey(host, KEY)).toEqual(NOTHING_LEARNED);
    expect(host.files.contents()).toEqual({});
  });
});
