import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/credentials.js';
import { keychainKeys } from '../../src/identity/keychain-keys.js';
import { readIdentity } from '../../src/identity/identity-sources.js';
import { makePlan } from '../../src/plan/make-plan.js';
import { changeKeys } from '../../src/store/key-store.js';
import { readLearned } from '../../src/store/learned.js';
import { errandOf } from '../support/errand.js';
import type { FakeHost } from '../support/fake-host.js';
import { rejectionOf } from '../support/thrown-by.js';

const KEY = {
  identity: 'shared',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  keptSince: new Date('2026-01-01T00:00:00Z'),
  secretAccessKey: new Secret('fake-long-term-secret'),
};

/** An identity whose keys are to be in the store. */
const errand = () =>
  errandOf({ assume: '[identity shared]\n' }, { keychain: 'unix:path=/run/bus' });

describe('an identity whose keys are in the store', () => {
  it('is what lies there under its name, and long-term', async () => {
    const made = errand();
    await changeKeys(made, (keys) => keys.put(KEY));
    const credentials = await readIdentity(made);
    expect(credentials).toMatchObject({ accessKeyId: KEY.accessKeyId, sessionToken: null });
    expect(credentials.secretAccessKey.reveal()).toBe('fake-long-term-secret');
  });

  it('tells the plan its access key without the master key', async () => {
    const made = errand();
    await changeKeys(made, (keys) => keys.put(KEY));
    const { keychain } = made.host as FakeHost;
    keychain.problem = 'it is locked';
    const { target } = made.planned;
    const learned = readLearned(made.host, target.identity);
    expect(makePlan(target, learned, false).plan.accessKeyId).toBe(KEY.accessKeyId);
    expect(learned.isTemporary).toBe(false);
  });

  it('is another after its key was changed, at once', async () => {
    const made = errand();
    await changeKeys(made, (keys) => keys.put(KEY));
    await changeKeys(made, (keys) => keys.put({ ...KEY, accessKeyId: 'AKIAI44QH8DHBEXAMPLE' }));
    const learned = readLearned(made.host, made.planned.target.identity);
    expect(learned.accessKeyId?.value).toBe('AKIAI44QH8DHBEXAMPLE');
    expect((await readIdentity(made)).accessKeyId).toBe('AKIAI44QH8DHBEXAMPLE');
  });

  it('is refused while no store encrypts, and where the store has no such key', async () => {
    const made = errand();
    const without = await rejectionOf(readIdentity(made));
    expect([without.exitStatus, without.hint]).toEqual([
      8,
      expect.stringContaining('assume identity add shared'),
    ]);
    await changeKeys(made, (keys) => keys.put({ ...KEY, identity: 'other' }));
    const absent = await rejectionOf(readIdentity(made));
    expect(absent.message).toContain('the store in use (keychain) holds no keys of shared');
    expect([absent.code, absent.hint]).toEqual([
      'CONFIG_INVALID',
      expect.stringContaining('assume identity add shared'),
    ]);
  });

  it('is refused while the store is locked, and asks nobody a code', async () => {
    const made = errand();
    await changeKeys(made, (keys) => keys.put(KEY));
    const { keychain } = made.host as FakeHost;
    keychain.problem = 'it is locked';
    const later = { ...made, host: { ...made.host } };
    expect((await rejectionOf(readIdentity(later))).exitStatus).toBe(8);
  });

  it('answers for no other kind of source', async () => {
    expect(await keychainKeys.read({ kind: 'environment' }, errand())).toBeNull();
  });
});
